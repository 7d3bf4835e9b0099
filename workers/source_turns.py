"""Turns at sources for one process: asked for together, given one by one."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from time import monotonic
from uuid import UUID

from leads.store import Tx
from leads.store.spending import turns
from sources.source import Card
from workers.context import Context
from workers.source_http import SECONDS

#: Turns that are taken ahead of their requests.
_AHEAD = 8
#: Seconds that a question waits for its turn before it is put off.
PATIENCE = 20.0
#: Seconds after which a turn is too old to begin a request, which must end before the turn does.
_GOOD_FOR = turns.LONGEST - SECONDS - 5.0


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn at a source."""

    id: UUID
    #: By the clock of this process that only goes on.
    taken: float

    @property
    def is_good(self) -> bool:
        """Whether a request may still begin: a process that stood still may be late."""
        return monotonic() - self.taken < _GOOD_FOR


@dataclass(frozen=True, slots=True)
class TooLong:
    """There is no turn soon: it is worth asking again in so many seconds."""

    wait: float


@dataclass(slots=True)
class _AtSource:
    """The turns of this process at one source."""

    limits: list[tuple[int, int]]
    ready: deque[Turn] = field(default_factory=deque)
    #: Requests that wait for a turn.
    waiting: int = 0
    #: Turns that are over and not yet noted, with the time of their end.
    over: dict[UUID, float] = field(default_factory=dict)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class TurnsOf:
    """The turns of one process at all sources, held to the limits with all other processes."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._sources: dict[str, _AtSource] = {}

    async def take(self, card: Card) -> Turn | TooLong:
        """Wait for a turn at a source, unless there is none soon or the work is asked to stop."""
        mine = self._of(card)
        until = monotonic() + PATIENCE
        mine.waiting += 1
        try:
            # One at a time asks for all who wait.
            async with mine.lock:
                while not mine.ready:
                    wait = self._ask(card.name, mine)
                    if mine.ready:
                        break
                    if monotonic() + wait > until or self._context.should_stop():
                        return TooLong(wait)
                    await asyncio.sleep(min(wait, 1.0))
                return mine.ready.popleft()
        finally:
            mine.waiting -= 1

    def end(self, card: Card, turn: Turn) -> None:
        """Say that the request of a turn is over."""
        mine = self._of(card)
        mine.over[turn.id] = monotonic()
        # Who waits asks again within a second, and notes it with that.
        if not mine.waiting:
            self._note(mine)

    def give_back(self) -> None:
        """End the turns that nobody used."""
        for mine in self._sources.values():
            mine.over.update({one.id: monotonic() for one in mine.ready})
            mine.ready.clear()
            self._note(mine)

    def _of(self, card: Card) -> _AtSource:
        if card.name not in self._sources:
            limits = [(one.requests, one.seconds) for one in card.limits]
            self._sources[card.name] = _AtSource(limits)
        return self._sources[card.name]

    def _ask(self, source: str, mine: _AtSource) -> float:
        """Ask for turns; the seconds until there may be another."""
        with self._context.store.write() as tx:
            _end(tx, mine)
            # Before the clock of the database is read, so that no turn looks younger than it is.
            asked = monotonic()
            given = turns.take(tx, source, mine.limits, min(mine.waiting, _AHEAD))
        mine.over.clear()
        mine.ready.extend(Turn(one, asked) for one in given.ids)
        return given.wait

    def _note(self, mine: _AtSource) -> None:
        if mine.over:
            with self._context.store.write() as tx:
                _end(tx, mine)
            mine.over.clear()


def _end(tx: Tx, mine: _AtSource) -> None:
    at = monotonic()
    turns.end(tx, {one: at - over for one, over in mine.over.items()}, mine.limits)
