"""Decide what a crawl may connect to, by the actual address of each connection.

This also covers names that resolve differently the second time, redirects, and numeric hosts, which
never reach a resolver. `Allowed` permits single addresses of this machine for tests and the demo;
it can only be passed in code.
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

#: (host, port) in a URL -> loopback address and port. A host named here is not resolved otherwise.
Allowed = Mapping[tuple[str, int], tuple[str, int]]

PORTS = frozenset({80, 443})


class BlockedAddressError(Exception):
    """The URL or its address is one that no crawl may connect to."""


@dataclass(slots=True)
class Attempt:
    """One request: where it was going, and what was refused."""

    origin: tuple[str, int]
    refused: str | None = None


attempt_under_way: ContextVar[Attempt] = ContextVar("attempt")


class Guard:
    """Checks URLs, names and addresses; ValueError if `allowed` leads to another machine.

    A guard that `is_closed` lets nothing be looked up or reached that the map does not name.
    """

    def __init__(self, allowed: Allowed, *, is_closed: bool = False) -> None:
        self.is_closed = is_closed
        self.allowed = {
            (host.rstrip(".").lower(), port): target for (host, port), target in allowed.items()
        }
        self._hosts = {host for host, _ in self.allowed}
        for address, _ in self.allowed.values():
            if not ip_address(address).is_loopback:
                raise ValueError(f"{address} is not a loopback address")

    def admit(self, url: str) -> tuple[str, int]:
        """Return host and port of an allowed http(s) URL; BlockedAddressError for any other."""
        return self.admitted(url)[1]

    def admitted(self, url: str) -> tuple[URL, tuple[str, int]]:
        """Return an allowed http(s) URL as it is connected to, with its host and port;
        BlockedAddressError for any other.
        """
        try:
            parsed = URL(url)
            origin = ((parsed.raw_host or "").rstrip(".").lower(), parsed.port or 0)
        except ValueError as error:
            raise BlockedAddressError(f"not a URL: {error}") from None
        if parsed.scheme not in {"http", "https"} or not origin[0]:
            raise BlockedAddressError("only http and https are fetched")
        if parsed.raw_user is not None or parsed.raw_password is not None or "\\" in url:
            raise BlockedAddressError("the URL has a user name or a backslash")
        if origin not in self.allowed and origin[1] not in PORTS:
            raise BlockedAddressError(f"port {origin[1]} is not 80 or 443")
        return parsed, origin

    def names(self, host: str) -> bool:
        """Check whether `host` is resolved only by the map."""
        return host in self._hosts

    def _why_not(self, target: tuple[str, int] | None, address: tuple[Any, ...]) -> str | None:
        if target is not None:
            return "not the mapped address" if target != address[:2] else None
        return "only mapped hosts are reached" if self.is_closed else denial(address[0])

    def open_socket(self, addr_info: tuple[Any, ...]) -> socket.socket:
        """Return a socket for the address to connect to; OSError if it is denied."""
        family, kind, proto, _, address = addr_info
        attempt = attempt_under_way.get()
        target = self.allowed.get(attempt.origin)
        why = self._why_not(target, address)
        if why is not None:
            attempt.refused = f"{address[0]} is not allowed: {why}"
            raise OSError(attempt.refused)
        opened = socket.socket(family=family, type=kind, proto=proto)
        opened.settimeout(0)
        return opened
