"""Scrapy's download handler behind the guard: the only way out.

A visit calls `fetch` directly: the layers of Scrapy's engine between a spider and its handler take
more time than a page, and do what `spiders/fetch.py` does already.
"""

from __future__ import annotations

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
    UnsupportedURLSchemeError,
)
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.utils.ssl import _make_ssl_context
from yarl import URL

from spiders.decoding import ACCEPTED, decoded
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
        self._headers = {
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
            cookie_jar=DummyCookieJar(),
            auto_decompress=False,
            response_class=_ClientResponse,
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
            trust_env=False,
        )

    async def fetch(self, request: Request) -> Response:
        """Return the response, without its content codings, whatever its status.

        Of `request.meta`: `download_timeout` in seconds from the turn at its address,
        `download_maxsize` in bytes, `cut` to get what is below that size instead of an error.
        Sets `waited`, the seconds until its turn. Raises BlockedAddressError if the address is
        denied, the errors of `spiders/fetch_errors.py` otherwise.
        """
        url, origin = self._guard.admitted(request.url)
        attempt = Attempt(origin)
        token = attempt_under_way.set(attempt)
        try:
            address = await self.resolver.address(*origin)
            async with self.addresses.turn(address) as waited:
                request.meta["waited"] = waited
                return await self._ask(request, url)
        except DownloadConnectionRefusedError as error:
            if attempt.refused:
                raise BlockedAddressError(attempt.refused) from error
            raise
        finally:
            attempt_under_way.reset(token)

    async def download_request(self, request: Request) -> Response:
        """Return the response to a request that comes by Scrapy's engine."""
        return await self.fetch(request)

    async def _ask(self, request: Request, url: URL) -> Response:
        timeout: float = request.meta["download_timeout"]
        try:
            async with self._session.get(
                url,
                headers=self._headers_of(request),
                timeout=ClientTimeout(total=timeout),
                ssl=self._ssl_context,
                allow_redirects=False,
            ) as answer:
                return await _response(answer, request)
        except TimeoutError as error:
            raise DownloadTimeoutError(f"no answer within {timeout:g} s") from error
        except (aiohttp.InvalidUrlClientError, aiohttp.NonHttpUrlClientError) as error:
            raise UnsupportedURLSchemeError(str(error)) from error
        except aiohttp.ClientConnectorDNSError as error:
            raise CannotResolveHostError(str(error)) from error
        except aiohttp.ClientConnectorError as error:
            raise DownloadConnectionRefusedError(str(error)) from error
        except aiohttp.ClientError as error:
            raise DownloadFailedError(str(error)) from error

    def _headers_of(self, request: Request) -> dict[str, str]:
        own = {
            name.decode("latin-1"): b",".join(values).decode("latin-1")
            for name, values in request.headers.items()
        }
        return {**self._headers, **own}


async def _response(answer: ClientResponse, request: Request) -> Response:
    most: int = request.meta["download_maxsize"]
    cut: bool = request.meta.get("cut", False)
    body = await _body(answer, most, cut=cut)
    headers = Headers(list(answer.headers.items()))
    if codings := answer.headers.getall("Content-Encoding", ()):
        body = decoded(body, ",".join(codings), most, cut=cut)
        del headers["Content-Encoding"]
    kind = responsetypes.from_args(headers=headers, url=request.url, body=body)
    return kind(url=request.url, status=answer.status, headers=headers, body=body, request=request)


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
