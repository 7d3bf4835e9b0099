"""Turns at sources for one process: asked for together, given one by one."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from time import monotonic
from uuid import UUID

from leads.store.spending import turns
from sources.source import Card
from workers.context import Context

#: Turns that are taken ahead of their requests.
_AHEAD = 8
#: Seconds that a question waits for its turn before it is put off.
PATIENCE = 20.0


class TurnsOf:
    """The turns of one process at all sources, held to the limits with all other processes."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._ready: dict[str, deque[UUID]] = defaultdict(deque)
        self._waiting: dict[str, int] = defaultdict(int)
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def take(self, card: Card) -> UUID | None:
        """Wait for a turn at a source; None if there is none soon, or the work is asked to stop."""
        limits = [(one.requests, one.seconds) for one in card.limits]
        until = monotonic() + PATIENCE
        self._waiting[card.name] += 1
        try:
            # One at a time asks for all who wait.
            async with self._locks[card.name]:
                while not self._ready[card.name]:
                    wanted = min(self._waiting[card.name], _AHEAD)
                    with self._context.store.write() as tx:
                        given = turns.take(tx, card.name, limits, wanted)
                    self._ready[card.name].extend(given.ids)
                    if given.ids:
                        break
                    if monotonic() + given.wait > until or self._context.should_stop():
                        return None
                    await asyncio.sleep(min(given.wait, 1.0))
                return self._ready[card.name].popleft()
        finally:
            self._waiting[card.name] -= 1

    def end(self, card: Card, turn: UUID) -> None:
        """Say that the request of a turn is over."""
        limits = [(one.requests, one.seconds) for one in card.limits]
        with self._context.store.write() as tx:
            turns.end(tx, [turn], limits)

    def give_back(self, cards: dict[str, Card]) -> None:
        """End the turns that nobody used."""
        for name, left in self._ready.items():
            if left:
                limits = [(one.requests, one.seconds) for one in cards[name].limits]
                with self._context.store.write() as tx:
                    turns.end(tx, list(left), limits)
                left.clear()
