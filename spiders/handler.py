"""Scrapy's download handler behind the guard: the only way out.

A visit calls `fetch` directly: the layers of Scrapy's engine between a spider and its handler take
more time than a page, and do what `spiders/fetch.py` does already.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import aiohttp
from aiohttp.http_exceptions import HttpProcessingError
from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    NotSupported,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response
from scrapy.utils.ssl import _make_ssl_context
from yarl import URL

from spiders.decoding import ACCEPTED, decoded, gzip_member
from spiders.exchange import Answer, Question, headers_of
from spiders.guard import Attempt, BlockedAddressError, Guard, attempt_under_way
from spiders.requesting import Pool, Requester, TooLongError
from spiders.resolver import GuardedResolver
from spiders.turns import Addresses

#: Seconds an idle connection is kept: the pages of one site follow each other closely.
KEEP_ALIVE = 5.0


class GuardedHandler(BaseDownloadHandler):
    """Scrapy's handler for http and https, behind the guard of the running spider."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        settings = crawler.settings
        self._guard: Guard = crawler.spider.guard  # type: ignore[union-attr]
        self.resolver = GuardedResolver(self._guard)
        self.addresses = Addresses(settings.getint("CONCURRENT_REQUESTS_PER_ADDRESS"))
        self._pool = Pool(
            resolver=self.resolver,
            use_dns_cache=False,
            socket_factory=self._guard.open_socket,
            limit=settings.getint("CONCURRENT_REQUESTS"),
            limit_per_host=settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"),
            keepalive_timeout=KEEP_ALIVE,
        )
        headers = {
            "User-Agent": settings["USER_AGENT"],
            "Accept-Encoding": ACCEPTED,
            **settings.getdict("DEFAULT_REQUEST_HEADERS"),
        }
        self._requester = Requester(self._pool, _make_ssl_context(settings), headers)

    async def close(self) -> None:
        """Close all connections."""
        await self._pool.close()

    def leave(self, origins: Iterable[str]) -> None:
        """Close what is open to origins such as `https://acme.example`: their visit has ended."""
        for origin in origins:
            self._requester.leave(URL(origin))

    async def fetch(self, question: Question) -> Answer:
        """Return the answer, without its content codings, whatever its status.

        Sets `waited`. Raises BlockedAddressError if the address is denied, the errors of
        `spiders/fetch_errors.py` otherwise.
        """
        url, origin = self._admitted(question.url)
        attempt = Attempt(origin)
        token = attempt_under_way.set(attempt)
        try:
            address = await self._address(origin, question.seconds)
            question.waited = await self.addresses.take(address)
            try:
                return await self._ask(question, url)
            finally:
                self.addresses.give_back(address)
        except DownloadConnectionRefusedError as error:
            if attempt.refused:
                raise BlockedAddressError(attempt.refused) from error
            raise
        finally:
            attempt_under_way.reset(token)

    def _admitted(self, url: str) -> tuple[URL, tuple[str, int]]:
        return self._guard.admitted(url)

    async def _address(self, origin: tuple[str, int], seconds: float) -> str:
        """Return the address by which requests to an origin are counted; a name that is looked up for
        longer than a request may take is a DownloadTimeoutError.
        """
        if (known := self.resolver.known_address(*origin)) is not None:
            return known
        try:
            async with asyncio.timeout(seconds):
                return await self.resolver.address(*origin)
        except TimeoutError as error:
            raise DownloadTimeoutError(f"no address within {seconds:g} s") from error

    async def download_request(self, request: Request) -> Response:
        """Refuse what comes by Scrapy's engine: visits ask the handler itself."""
        raise NotSupported(f"{request.url} is not asked for by a visit")

    async def _ask(self, question: Question, url: URL) -> Answer:
        try:
            async with asyncio.timeout(question.seconds):
                message, sent = await self._requester.get(
                    url, question.headers, question.most, cut=question.cut
                )
        except TimeoutError as error:
            raise DownloadTimeoutError(f"no answer within {question.seconds:g} s") from error
        except TooLongError as error:
            raise DownloadCancelledError(str(error)) from error
        except (aiohttp.InvalidUrlClientError, aiohttp.NonHttpUrlClientError) as error:
            raise UnsupportedURLSchemeError(str(error)) from error
        except aiohttp.ClientConnectorDNSError as error:
            raise CannotResolveHostError(str(error)) from error
        except aiohttp.ClientConnectorError as error:
            raise DownloadConnectionRefusedError(str(error)) from error
        except (aiohttp.ClientError, HttpProcessingError) as error:
            raise DownloadFailedError(str(error)) from error
        return _answer(question, message.code, headers_of(message.headers.items()), sent)


def _answer(question: Question, status: int, headers: dict[str, list[str]], sent: bytes) -> Answer:
    codings = ",".join(headers.pop("Content-Encoding", ()))
    body, packed = sent, None
    if codings:
        plain = None if question.cut else gzip_member(sent, codings, question.most)
        packed = None if plain is None else sent
        body = decoded(sent, codings, question.most, cut=question.cut) if plain is None else plain
    kept = tuple((name, value) for name, values in headers.items() for value in values)
    return Answer(question.url, status, kept, body, packed)
