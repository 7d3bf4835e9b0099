"""The guarded download handler for registers: https alone, and the hosts that a register names."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from aiohttp import StreamReader
from scrapy.crawler import Crawler
from scrapy.utils.ssl import _make_ssl_context
from yarl import URL

from spiders.exchange import headers_of
from spiders.guard import Attempt, BlockedAddressError, attempt_under_way
from spiders.handler import GuardedHandler
from spiders.registers.errors import RegisterError
from spiders.requesting import Requester, TooLongError

_HTTPS = 443


@dataclass(frozen=True, slots=True)
class Streamed:
    """The answer of a download: its status, its headers in title case, its body as it comes."""

    status: int
    headers: Mapping[str, str]
    body: StreamReader

    def header(self, name: str) -> str:
        """The last value of a header; empty if it was not sent."""
        return self.headers.get(name.title(), "")


class RegisterHandler(GuardedHandler):
    """Asks the hosts of one register, over https. Certificates are verified."""

    def __init__(self, crawler: Crawler, hosts: Collection[str]) -> None:
        super().__init__(crawler)
        self._hosts = frozenset(hosts)
        # The bytes of a file are kept as they are sent: a part of them can be asked for later.
        headers = {
            "User-Agent": crawler.settings["USER_AGENT"],
            "Accept": "application/zip, */*;q=0.9",
            "Accept-Encoding": "identity",
        }
        context = _make_ssl_context(crawler.settings)
        self._files = Requester(self._pool, context, headers)

    @asynccontextmanager
    async def stream(
        self, url: str, headers: Mapping[str, str], most: int
    ) -> AsyncIterator[Streamed]:
        """Ask for a file of at most `most` bytes; redirects are not followed.

        BlockedAddressError for an address that is not allowed, RegisterError if the file is larger,
        the errors of aiohttp if the connection breaks.
        """
        parsed, origin = self._admitted(url)
        attempt = Attempt(origin)
        token = attempt_under_way.set(attempt)
        try:
            async with self._files.streamed(parsed, headers, most) as (message, body):
                sent = headers_of(message.headers.items())
                last = {name: values[-1] for name, values in sent.items()}
                yield Streamed(message.code, last, body)
        except TooLongError as error:
            raise RegisterError(f"the file has more than {most:,} bytes", is_void=True) from error
        except aiohttp.ClientConnectorError as error:
            if attempt.refused:
                raise BlockedAddressError(attempt.refused) from error
            raise
        finally:
            attempt_under_way.reset(token)

    def _admitted(self, url: str) -> tuple[URL, tuple[str, int]]:
        parsed, origin = self._guard.admitted(url)
        if parsed.scheme != "https":
            raise BlockedAddressError("a register is asked over https only")
        if origin[0] not in self._hosts:
            raise BlockedAddressError(f"{origin[0]} is no host of this register")
        if origin in self._guard.allowed:
            # Tests serve hosts on this machine without TLS.
            return parsed.with_scheme("http").with_port(_HTTPS), origin
        return parsed, origin
