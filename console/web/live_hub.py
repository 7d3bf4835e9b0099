"""Tell open pages what happened: one look at the database a second for all of them."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass, field
from itertools import count
from secrets import token_hex
from time import monotonic

from actions.live import Change, Follower, Listener, ended
from actions.session import Installation
from leads.errors import NotAllowedError, SluiceError

#: Seconds between two looks, between two checks of sessions, and between two signs of life.
LOOK_EVERY, CHECK_EVERY, ALIVE_EVERY = 1.0, 5.0, 15.0
#: Seconds between two messages that the background work moved.
WORK_EVERY = 3.0
#: Open pages of one user: each holds a connection.
MOST_PAGES = 8
#: Messages that are kept for pages that come back, and those that one page may be behind.
_KEPT, _BEHIND = 500, 100
#: Seconds between the reading of a page and its first message, at most: it may hear of them twice.
_OPENING = 5.0
#: Tells a page to read everything again: it missed something.
REFRESH = "refresh"
_AGAIN = f"event: {REFRESH}\ndata: {{}}\n\n"


@dataclass(frozen=True, slots=True)
class Message:
    """One message to those that may read it."""

    id: str
    about: str
    change: Change | None
    at: float

    def text_for(self, one: Listener) -> str:
        """The message as a page reads it; empty when it is none of its business."""
        if self.change is None:
            return f"id: {self.id}\nevent: {self.about}\ndata: {{}}\n\n"
        if self.change.client_id != one.client_id:
            return ""
        said = {self.change.thing: self.change.thing_id}
        if self.about == "queue":
            said["user"] = self.change.holders.get(one.campaign_id, "") if one.campaign_id else ""
        return f"id: {self.id}\nevent: {self.about}\ndata: {json.dumps(said)}\n\n"


@dataclass(eq=False, slots=True)
class Page:
    """One open page, and the messages that it has not got yet."""

    listener: Listener
    about: frozenset[str]
    #: None ends the page.
    waiting: asyncio.Queue[str | None] = field(default_factory=lambda: asyncio.Queue(_BEHIND))

    def tell(self, message: Message) -> None:
        """Send a message, unless the page does not follow that or may not read it."""
        if message.about in self.about and (text := message.text_for(self.listener)):
            self._put(text)

    def end(self) -> None:
        """Close the page's connection."""
        while not self.waiting.empty():
            self.waiting.get_nowait()
        self.waiting.put_nowait(None)

    def _put(self, text: str) -> None:
        if self.waiting.full():
            while not self.waiting.empty():
                self.waiting.get_nowait()
            text = _AGAIN
        self.waiting.put_nowait(text)


class Hub:
    """All open pages of one server."""

    def __init__(self, installation: Installation) -> None:
        """Follow nothing until a page is open."""
        self._store = installation.store
        self._pages: set[Page] = set()
        self._task: asyncio.Task[None] | None = None
        # Another name for each start: ids of an earlier one are not known here.
        self._name = token_hex(4)
        self._numbers = count(1)
        self._kept: deque[Message] = deque(maxlen=_KEPT)

    def join(self, listener: Listener, about: Collection[str], last_id: str = "") -> Page:
        """Follow some subjects; NotAllowedError when the user has too many pages open."""
        if sum(one.listener.user == listener.user for one in self._pages) >= MOST_PAGES:
            raise NotAllowedError("too many pages are open", "close some, then reload this one")
        made = Page(listener, frozenset(about))
        is_first = self._task is None or self._task.done()
        if is_first:
            # Nobody looked since the last page went: what is kept says nothing of that time.
            self._kept.clear()
            made.waiting.put_nowait(_AGAIN)
        else:
            self._catch_up(made, last_id)
        self._pages.add(made)
        if is_first:
            self._task = asyncio.get_running_loop().create_task(self._run())
        return made

    async def messages(self, page: Page) -> AsyncIterator[str]:
        """The messages to a page as they come, and signs of life between them."""
        try:
            yield "retry: 3000\n\n"
            while True:
                try:
                    text = await asyncio.wait_for(page.waiting.get(), ALIVE_EVERY)
                except TimeoutError:
                    text = ": alive\n\n"
                if text is None:
                    return
                yield text
        finally:
            self._pages.discard(page)

    def end_all(self) -> None:
        """Close all connections: the server stops."""
        for one in self._pages:
            one.end()

    def _catch_up(self, page: Page, last_id: str) -> None:
        if not last_id:
            for message in self._kept:
                if monotonic() - message.at < _OPENING:
                    page.tell(message)
            return
        ids = [one.id for one in self._kept]
        if last_id not in ids:
            page.waiting.put_nowait(_AGAIN)
            return
        for message in list(self._kept)[ids.index(last_id) + 1 :]:
            page.tell(message)

    async def _run(self) -> None:
        follower = await asyncio.to_thread(Follower, self._store)
        checked = told_work = monotonic()
        moved = False
        while self._pages:
            await asyncio.sleep(LOOK_EVERY)
            try:
                changes, moves = await asyncio.to_thread(follower.look)
                if monotonic() - checked >= CHECK_EVERY:
                    await self._end_over()
                    checked = monotonic()
            except SluiceError:
                continue  # The database is away: pages hear again when it is back.
            self._tell(changes)
            moved = moved or moves
            if moved and monotonic() - told_work >= WORK_EVERY:
                self._send("work", None)
                moved, told_work = False, monotonic()

    async def _end_over(self) -> None:
        pages = list(self._pages)
        gone = set(await asyncio.to_thread(ended, self._store, [one.listener for one in pages]))
        for one in pages:
            if one.listener in gone:
                one.end()

    def _tell(self, changes: Sequence[Change]) -> None:
        for one in changes:
            self._send("queue" if one.thing == "company" else "lists", one)

    def _send(self, about: str, change: Change | None) -> None:
        message = Message(f"{self._name}-{next(self._numbers)}", about, change, monotonic())
        self._kept.append(message)
        for page in self._pages:
            page.tell(message)
