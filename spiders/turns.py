"""How many requests are under way at one address: a provider serves many sites at one."""

from __future__ import annotations

import asyncio
from collections import deque
from time import monotonic


class Addresses:
    """Turns at addresses: at most `most` at a time at each, first come, first served."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken: dict[str, int] = {}
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}

    async def take(self, address: str) -> float:
        """Wait for a turn at an address, to be given back; return the seconds waited."""
        if not self.full(address):
            self._taken[address] = self._taken.get(address, 0) + 1
            return 0.0
        began = monotonic()
        await self._wait(address)
        return monotonic() - began

    def full(self, address: str) -> bool:
        """Whether a request to the address would wait."""
        return self._taken.get(address, 0) >= self._most

    async def _wait(self, address: str) -> None:
        turn = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(address, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.give_back(address)
            else:
                self._forget(address, turn)
            raise

    def give_back(self, address: str) -> None:
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
