"""Scrapy's download handler and name resolution behind the guard: the only way out."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from threading import Thread
from typing import Any

from aiohttp import ClientSession, DummyCookieJar, TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult
from scrapy import Request
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler, _ClientResponse
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadConnectionRefusedError
from scrapy.http import Response
from scrapy.utils.ssl import _make_ssl_context

from spiders.guard import Attempt, BlockedAddressError, Guard, attempt_under_way

DNS_CACHE_SECONDS = 300


class GuardedResolver(AbstractResolver):
    """Resolves names by the map or the system, in threads that do not block Ctrl-C or exit."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of `host`; OSError if there are none."""
        name = host.rstrip(".").lower()
        if not self._guard.names(name):
            return [_result(host, *address[:2]) for address in await _look_up(host, port, family)]
        if (name, port) not in self._guard.allowed:
            raise OSError(f"nothing is served on port {port}")
        return [_result(host, *self._guard.allowed[name, port])]

    async def close(self) -> None:
        """Nothing to close."""


class GuardedHandler(AiohttpDownloadHandler):
    """Scrapy's handler for http and https, behind the guard of the running spider."""

    experimental = False
    #: A proxy would resolve and connect for us, bypassing the guard.
    supports_proxies = False

    def __init__(self, crawler: Crawler) -> None:
        # Skip the parent on purpose: it would open an unguarded session.
        super(AiohttpDownloadHandler, self).__init__(crawler)
        self._guard: Guard = crawler.spider.guard  # type: ignore[union-attr]
        self._ssl_context = _make_ssl_context(crawler.settings)
        connector = TCPConnector(
            resolver=GuardedResolver(self._guard),
            socket_factory=self._guard.open_socket,
            ttl_dns_cache=DNS_CACHE_SECONDS,
            limit=self._pool_size_total,
            limit_per_host=self._pool_size_per_host,
        )
        self._session = ClientSession(
            connector=connector,
            cookie_jar=DummyCookieJar(),
            auto_decompress=False,
            response_class=_ClientResponse,
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
            trust_env=False,
        )

    async def download_request(self, request: Request) -> Response:
        """Return the response; BlockedAddressError if its address is denied."""
        attempt = Attempt(self._guard.admit(request.url))
        token = attempt_under_way.set(attempt)
        try:
            return await super().download_request(request)
        except DownloadConnectionRefusedError as error:
            if attempt.refused:
                raise BlockedAddressError(attempt.refused) from error
            raise
        finally:
            attempt_under_way.reset(token)


def _result(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=0)


async def addresses_of(host: str) -> list[str]:
    """Return the addresses of a host by the system; none if it does not exist, OSError without an
    answer.
    """
    try:
        found = await _look_up(host, 443, socket.AF_UNSPEC)
    except socket.gaierror as error:
        if error.errno in (socket.EAI_NONAME, socket.EAI_NODATA):
            return []
        raise
    return [str(address[0]) for address in found]


async def _look_up(host: str, port: int, family: socket.AddressFamily) -> list[tuple[Any, ...]]:
    """Call `getaddrinfo` in a daemon thread: the loop's own threads would delay the exit."""
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
