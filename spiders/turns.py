"""How many requests are under way at one address: a provider serves many sites at one."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic


class Addresses:
    """Turns at addresses: at most `most` at a time at each, first come, first served."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken: dict[str, int] = {}
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}

    @asynccontextmanager
    async def turn(self, address: str) -> AsyncIterator[float]:
        """Wait for a turn at an address and hold it; yields the seconds waited."""
        began = monotonic()
        await self._take(address)
        try:
            yield monotonic() - began
        finally:
            self._give_back(address)

    def full(self, address: str) -> bool:
        """Whether a request to the address would wait."""
        return self._taken.get(address, 0) >= self._most

    async def _take(self, address: str) -> None:
        if not self.full(address):
            self._taken[address] = self._taken.get(address, 0) + 1
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(address, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._give_back(address)
            else:
                self._forget(address, turn)
            raise

    def _give_back(self, address: str) -> None:
        """Hand the turn to who waits longest, or free it."""
        waiting = self._waiting.get(address)
        while waiting:
            turn = waiting.popleft()
            if not waiting:
                del self._waiting[address]
            if not turn.done():
                turn.set_result(None)
                return
        left = self._taken[address] - 1
        if left:
            self._taken[address] = left
        else:
            del self._taken[address]

    def _forget(self, address: str, turn: asyncio.Future[None]) -> None:
        waiting = self._waiting.get(address)
        if waiting and turn in waiting:
            waiting.remove(turn)
            if not waiting:
                del self._waiting[address]
