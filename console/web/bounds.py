"""How much strangers may send."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.requests import ClientDisconnect, Request

from actions.networks import narrow

#: Seconds in which a body must be here.
_PATIENCE = 15.0


class TooLargeError(Exception):
    """A body is larger than it may be."""


class TooSlowError(Exception):
    """A body does not arrive, or breaks off."""


class TooMuchError(Exception):
    """More waits to be taken in than can be."""


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


def sender_address(request: Request) -> str:
    """The address that a request comes from."""
    return request.client.host if request.client else ""


def sender_of(request: Request) -> str:
    """Who sends a request: an IPv4 address, or the network of an IPv6 address, which has many."""
    return narrow(sender_address(request))


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
