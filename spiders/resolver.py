"""Look names up, by the guard's map or the system, and remember the answers."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from time import monotonic

from aiohttp.abc import AbstractResolver, ResolveResult

from spiders.guard import Guard
from spiders.host_addresses import look_up_host

CACHE_SECONDS = 300.0
#: A name without an address is asked for again after this time.
FAILED_SECONDS = 60.0
#: Names remembered; the oldest go first.
MOST_NAMES = 20_000


@dataclass(frozen=True, slots=True)
class _Known:
    until: float
    found: list[ResolveResult]
    error: OSError | None = None
    #: The first of the addresses in order.
    address: str = ""


class GuardedResolver(AbstractResolver):
    """Resolves names by the map or the system, in threads that do not block Ctrl-C or exit."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._known: dict[tuple[str, int], _Known] = {}

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of `host`; OSError if there are none."""
        name = host.rstrip(".").lower()
        if self._guard.names(name):
            if (name, port) not in self._guard.allowed:
                raise OSError(f"nothing is served on port {port}")
            return [_result(host, *self._guard.allowed[name, port])]
        if self._guard.is_closed:
            raise OSError("only mapped hosts are reached")
        known = self._known.get((name, port))
        if known is None or known.until < monotonic():
            known = await _asked(host, port, family)
            self._remember((name, port), known)
        if known.error:
            raise known.error.with_traceback(None)
        return known.found

    def known_address(self, host: str, port: int) -> str | None:
        """Return what `address` would, if no look-up is needed for it; otherwise None."""
        name = host.rstrip(".").lower()
        if self._guard.names(name):
            return self._guard.allowed.get((name, port), (host, port))[0]
        known = self._known.get((name, port))
        if known is None or known.until < monotonic():
            return None
        return known.address or host

    async def address(self, host: str, port: int) -> str:
        """Return one address of `host`, always the same of several; `host` itself if it has none.

        Sites with the same one are on the same machine, and are counted together.
        """
        try:
            return min(one["host"] for one in await self.resolve(host, port))
        except (OSError, ValueError):
            return host

    async def close(self) -> None:
        """Nothing to close."""

    def _remember(self, key: tuple[str, int], known: _Known) -> None:
        self._known.pop(key, None)
        self._known[key] = known
        if len(self._known) > MOST_NAMES:
            del self._known[next(iter(self._known))]


async def _asked(host: str, port: int, family: socket.AddressFamily) -> _Known:
    try:
        addresses = await look_up_host(host, port, family)
    except OSError as error:
        return _Known(monotonic() + FAILED_SECONDS, [], error)
    found = [_result(host, *address[:2]) for address in addresses]
    first = min((one["host"] for one in found), default="")
    return _Known(monotonic() + CACHE_SECONDS, found, address=first)


def _result(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=0)
