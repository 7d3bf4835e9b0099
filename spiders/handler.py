"""Scrapy's download handler behind the guard: the only way out.

A visit calls `fetch` directly: the layers of Scrapy's engine between a spider and its handler take
more time than a page, and do what `spiders/fetch.py` does already.
"""

from __future__ import annotations

import asyncio

import aiohttp
from aiohttp import ClientResponse, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from scrapy import Request
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler, _ClientResponse
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
from spiders.resolver import GuardedResolver
from spiders.turns import Addresses

#: Seconds an idle connection is kept: the pages of one site follow each other closely.
KEEP_ALIVE = 5.0


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
        self.resolver = GuardedResolver(self._guard)
        self.addresses = Addresses(crawler.settings.getint("CONCURRENT_REQUESTS_PER_ADDRESS"))
        headers = {
            "User-Agent": crawler.settings["USER_AGENT"],
            "Accept-Encoding": ACCEPTED,
            **crawler.settings.getdict("DEFAULT_REQUEST_HEADERS"),
        }
        connector = TCPConnector(
            resolver=self.resolver,
            use_dns_cache=False,
            socket_factory=self._guard.open_socket,
            limit=self._pool_size_total,
            limit_per_host=self._pool_size_per_host,
            keepalive_timeout=KEEP_ALIVE,
        )
        self._session = ClientSession(
            connector=connector,
            headers=headers,
            cookie_jar=DummyCookieJar(),
            auto_decompress=False,
            response_class=_ClientResponse,
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
            trust_env=False,
        )

    async def fetch(self, question: Question) -> Answer:
        """Return the answer, without its content codings, whatever its status.

        Sets `waited`. Raises BlockedAddressError if the address is denied, the errors of
        `spiders/fetch_errors.py` otherwise.
        """
        url, origin = self._guard.admitted(question.url)
        attempt = Attempt(origin)
        token = attempt_under_way.set(attempt)
        try:
            address = await self._address(origin, question.seconds)
            async with self.addresses.turn(address) as waited:
                question.waited = waited
                return await self._ask(question, url)
        except DownloadConnectionRefusedError as error:
            if attempt.refused:
                raise BlockedAddressError(attempt.refused) from error
            raise
        finally:
            attempt_under_way.reset(token)

    async def _address(self, origin: tuple[str, int], seconds: float) -> str:
        """Return what requests to an origin are counted by; a slow look-up costs a request its time."""
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
            async with self._session.get(
                url,
                headers=question.headers,
                timeout=ClientTimeout(total=question.seconds),
                ssl=self._ssl_context,
                allow_redirects=False,
            ) as answer:
                return await _answer(answer, question)
        except TimeoutError as error:
            raise DownloadTimeoutError(f"no answer within {question.seconds:g} s") from error
        except (aiohttp.InvalidUrlClientError, aiohttp.NonHttpUrlClientError) as error:
            raise UnsupportedURLSchemeError(str(error)) from error
        except aiohttp.ClientConnectorDNSError as error:
            raise CannotResolveHostError(str(error)) from error
        except aiohttp.ClientConnectorError as error:
            raise DownloadConnectionRefusedError(str(error)) from error
        except aiohttp.ClientError as error:
            raise DownloadFailedError(str(error)) from error


async def _answer(answer: ClientResponse, question: Question) -> Answer:
    sent = body = await _body(answer, question.most, cut=question.cut)
    headers = headers_of(answer.headers.items())
    codings = ",".join(headers.pop("Content-Encoding", ()))
    packed = None
    if codings:
        plain = None if question.cut else gzip_member(sent, codings, question.most)
        packed = None if plain is None else sent
        body = decoded(sent, codings, question.most, cut=question.cut) if plain is None else plain
    kept = tuple((name, value) for name, values in headers.items() for value in values)
    return Answer(question.url, answer.status, kept, body, packed)


async def _body(answer: ClientResponse, most: int, *, cut: bool) -> bytes:
    """Read the body up to `most` bytes; a body that breaks off is what came of it."""
    if not cut and (answer.content_length or 0) > most:
        raise DownloadCancelledError(f"{answer.content_length} bytes are announced")
    parts: list[bytes] = []
    size = 0
    try:
        async for part in answer.content.iter_any():
            parts.append(part)
            size += len(part)
            if size > most:
                if cut:
                    answer.close()
                    break
                raise DownloadCancelledError(f"more than {most} bytes")
    except aiohttp.ClientPayloadError:
        pass
    body = parts[0] if len(parts) == 1 else b"".join(parts)
    return body[:most] if cut else body
