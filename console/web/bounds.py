"""How much strangers may send."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from threading import Lock
from time import monotonic

from starlette.requests import ClientDisconnect, Request

from actions.networks import narrow

#: Senders that are remembered; the one that sent longest ago is forgotten first.
_MOST = 10_000
#: Seconds in which a body must be here.
_PATIENCE = 15.0


class TooLargeError(Exception):
    """A body is larger than it may be."""


class TooSlowError(Exception):
    """A body does not arrive, or breaks off."""


class TooMuchError(Exception):
    """More waits to be taken in than can be."""


class Bucket:
    """So many of each sender at once; they fill up again evenly."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = monotonic) -> None:
        """Allow `most` in that many seconds."""
        self._most, self._speed = float(most), most / seconds
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, sender: str) -> float:
        """Seconds until a sender may send again; 0: now."""
        with self._lock:
            left = self._now(sender)
        return 0.0 if left >= 1 else (1 - left) / self._speed

    def take(self, sender: str) -> bool:
        """Count one of a sender; False when none is left."""
        with self._lock:
            left = self._now(sender)
            allowed = left >= 1
            self._left[sender] = (left - allowed, self._clock())
            self._left.move_to_end(sender)
            if len(self._left) > _MOST:
                self._left.popitem(last=False)
        return allowed

    def _now(self, sender: str) -> float:
        left, then = self._left.get(sender, (self._most, 0.0))
        return min(self._most, left + (self._clock() - then) * self._speed)


class Turns:
    """A few at a time, and a bounded number that waits."""

    def __init__(self, at_once: int, waiting: int) -> None:
        """Let in so many at once."""
        self._free = asyncio.Semaphore(at_once)
        self._places = at_once + waiting

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn; TooMuchError when too many wait."""
        if self._places <= 0:
            raise TooMuchError
        self._places -= 1
        try:
            async with self._free:
                yield
        finally:
            self._places += 1


def sender_of(request: Request) -> str:
    """Who sends a request: an IPv4 address, or the network of an IPv6 address, which has many."""
    host = request.client.host if request.client else ""
    return narrow(host)


async def body_of(request: Request, largest: int, patience: float = _PATIENCE) -> bytes:
    """The body of a request, read only as far as it may be."""
    told = request.headers.get("content-length", "")
    if told and (not told.isdecimal() or len(told) > 12 or int(told) > largest):
        raise TooLargeError
    parts, read = [], 0
    try:
        async with asyncio.timeout(patience):
            async for part in request.stream():
                read += len(part)
                if read > largest:
                    raise TooLargeError
                parts.append(part)
    except (TimeoutError, ClientDisconnect):
        raise TooSlowError from None
    return b"".join(parts)
