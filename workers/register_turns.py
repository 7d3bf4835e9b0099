"""Turns at a register for the reading of many pages, within the limits of all processes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sources.source import Card
from workers.source_turns import TooLong, TurnsOf

#: Seconds after which it is asked for again; the whole work has a time limit.
_LONGEST = 30.0


@asynccontextmanager
async def turn_at(turns: TurnsOf, card: Card) -> AsyncIterator[None]:
    """Hold a turn at a register, however long there is none."""
    while True:
        turn = await turns.take(card)
        if isinstance(turn, TooLong):
            await asyncio.sleep(min(max(turn.wait, 0.05), _LONGEST))
            continue
        if turn.is_good:
            break
        turns.end(card, turn)
    try:
        yield
    finally:
        turns.end(card, turn)
