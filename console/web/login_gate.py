"""Few passwords are checked at once, and networks take turns: each check takes 64 MB and a core."""

from __future__ import annotations

from asyncio import Future, get_running_loop
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

#: Checks at the same time, logins that wait for one, and those of one neighbourhood among them.
AT_ONCE, MOST, MOST_OF_ONE = 2, 64, 32


class BusyError(Exception):
    """Too many logins wait."""


class Gate:
    """Lets logins through, a few at a time: known browsers first, then each network in its turn.

    Those who wait hold no thread. Used within one event loop.
    """

    def __init__(
        self, at_once: int = AT_ONCE, most: int = MOST, most_of_one: int = MOST_OF_ONE
    ) -> None:
        """Nobody waits yet."""
        self._free = at_once
        self._most, self._most_of_one = most, most_of_one
        self._known: deque[Future[None]] = deque()
        self._others: OrderedDict[str, deque[Future[None]]] = OrderedDict()

    @asynccontextmanager
    async def turn(self, network: str, *, is_known: bool = False) -> AsyncIterator[None]:
        """Hold one of the few places while the block runs; BusyError when too many wait."""
        await self._enter(network, is_known=is_known)
        try:
            yield
        finally:
            self._leave()

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._known) + sum(len(line) for line in self._others.values())

    async def _enter(self, network: str, *, is_known: bool) -> None:
        if self._free:
            self._free -= 1
            return
        line = self._line_of_known() if is_known else self._line(network)
        mine: Future[None] = get_running_loop().create_future()
        line.append(mine)
        try:
            await mine
        except BaseException:
            if mine.done() and not mine.cancelled() and mine.exception() is None:
                self._leave()
            elif mine in line:
                line.remove(mine)
            raise

    def _line_of_known(self) -> deque[Future[None]]:
        if len(self._known) >= self._most:
            raise BusyError
        return self._known

    def _line(self, network: str) -> deque[Future[None]]:
        """The line of a network; where too many wait, the last of the longest line goes."""
        own = len(self._others.get(network, ()))
        if own >= self._most_of_one:
            raise BusyError
        if self.waiting >= self._most:
            longest = max(self._others.values(), key=len, default=deque())
            if len(longest) <= own + 1:
                raise BusyError
            last = longest.pop()
            if not last.done():
                # Who is done gave up just now, and leaves a place.
                last.set_exception(BusyError())
        return self._others.setdefault(network, deque())

    def _leave(self) -> None:
        if following := self._next():
            following.set_result(None)
        else:
            self._free += 1

    def _next(self) -> Future[None] | None:
        while self._known:
            if not (one := self._known.popleft()).done():
                return one
        while self._others:
            network, line = self._others.popitem(last=False)
            first = line.popleft() if line else None
            if line:
                # The last turn of a network was just now: all others come before it.
                self._others[network] = line
            if first is not None and not first.done():
                return first
        return None
