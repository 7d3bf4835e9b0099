"""What a crawl may connect to, judged on the very address being connected to.

Judging there leaves no gap for names that resolve differently the second time, and covers redirects
and numeric hosts, which never reach a resolver. `Allowed` opens single ways to this machine for
tests and the demo; it is passed in code only.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from yarl import URL

from spiders.addresses import denial

#: (host, port) as a URL names them -> the loopback address and port they mean. A host named here
#: resolves nowhere else.
Allowed = Mapping[tuple[str, int], tuple[str, int]]

PORTS = frozenset({80, 443})


class BlockedAddressError(Exception):
    """The URL or the address behind it is one no crawl may connect to."""


@dataclass(slots=True)
class Attempt:
    """One request's way out: where it was going, and what was refused on the way."""

    origin: tuple[str, int]
    refused: str | None = None


attempt_under_way: ContextVar[Attempt] = ContextVar("attempt")


class Guard:
    """Decides about URLs, names and addresses; ValueError when `allowed` leads anywhere but to this
    machine.
    """

    def __init__(self, allowed: Allowed) -> None:
        self.allowed = {
            (host.rstrip(".").lower(), port): target for (host, port), target in allowed.items()
        }
        self._hosts = {host for host, _ in self.allowed}
        for address, _ in self.allowed.values():
            if not ip_address(address).is_loopback:
                raise ValueError(f"{address} is not a loopback address")

    def admit(self, url: str) -> tuple[str, int]:
        """Host and port of an http(s) URL on an admitted port; BlockedAddressError for any other."""
        try:
            parsed = URL(url)
            origin = ((parsed.raw_host or "").rstrip(".").lower(), parsed.port or 0)
        except ValueError as error:
            raise BlockedAddressError(f"not a URL: {error}") from None
        if parsed.scheme not in {"http", "https"} or not origin[0]:
            raise BlockedAddressError("only http and https are fetched")
        if parsed.raw_user is not None or parsed.raw_password is not None or "\\" in url:
            raise BlockedAddressError("the URL carries a user name or a backslash")
        if origin not in self.allowed and origin[1] not in PORTS:
            raise BlockedAddressError(f"port {origin[1]} is none of 80 and 443")
        return origin

    def names(self, host: str) -> bool:
        """Whether `host` is answered by the map alone."""
        return host in self._hosts

    def open_socket(self, addr_info: tuple[Any, ...]) -> socket.socket:
        """A socket for the address about to be connected to; OSError when it is not admitted."""
        family, kind, proto, _, address = addr_info
        attempt = attempt_under_way.get()
        target = self.allowed.get(attempt.origin)
        why = (
            denial(address[0])
            if target is None
            else "not where the map leads"
            if target != address[:2]
            else None
        )
        if why is not None:
            attempt.refused = f"{address[0]} may not be connected to: {why}"
            raise OSError(attempt.refused)
        opened = socket.socket(family=family, type=kind, proto=proto)
        opened.settimeout(0)
        return opened
