"""Ask the system for the addresses of a host. Imports nothing that is slow to load."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from threading import Thread
from typing import Any


async def addresses_of(host: str) -> list[str]:
    """Return the addresses of a host by the system; none if it does not exist, OSError without an
    answer.
    """
    try:
        found = await look_up_host(host, 443, socket.AF_UNSPEC)
    except socket.gaierror as error:
        if error.errno in (socket.EAI_NONAME, socket.EAI_NODATA):
            return []
        raise
    return [str(address[0]) for address in found]


async def look_up_host(host: str, port: int, family: socket.AddressFamily) -> list[tuple[Any, ...]]:
    """Return the socket addresses of a host; OSError if there are none.

    A daemon thread calls `getaddrinfo`: the loop's own threads would delay the exit.
    """
    loop = asyncio.get_running_loop()
    found: asyncio.Future[list[tuple[Any, ...]]] = loop.create_future()

    def settle(addresses: list[tuple[Any, ...]], error: OSError | None) -> None:
        if not found.done():
            found.set_exception(error) if error else found.set_result(addresses)

    def work() -> None:
        addresses: list[tuple[Any, ...]] = []
        failure: OSError | None = None
        try:
            addresses = [
                info[4]
                for info in socket.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)
            ]
        except OSError as error:
            failure = error
        except UnicodeError as error:
            failure = OSError(f"not a host name: {error}")
        with contextlib.suppress(RuntimeError):  # The crawl has ended meanwhile.
            loop.call_soon_threadsafe(settle, addresses, failure)

    Thread(target=work, name=f"resolve {host}", daemon=True).start()
    return await found
