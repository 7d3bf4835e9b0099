"""Requests to sources: over HTTPS, to public addresses and the hosts that a source names alone."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from types import TracebackType

from aiohttp import (
    ClientConnectorCertificateError,
    ClientConnectorDNSError,
    ClientConnectorError,
    ClientConnectorSSLError,
    ClientError,
    ClientPayloadError,
    ClientResponse,
    ClientResponseError,
    ClientSession,
    ClientTimeout,
    ServerDisconnectedError,
    TCPConnector,
)
from yarl import URL

from leads.clock import now
from sources.exchange import Request, Response
from spiders.guard import Allowed, Attempt, BlockedAddressError, Guard, attempt_under_way
from spiders.resolver import GuardedResolver

SECONDS = 30.0
#: Bytes of an answer without content codings.
MOST_BYTES = 20_000_000
_HTTPS = 443
#: What went wrong, in words; the first that fits counts.
_WORDS: tuple[tuple[type[Exception], str], ...] = (
    (ClientConnectorDNSError, "no such host"),
    (ClientConnectorCertificateError, "its certificate is not valid"),
    (ClientConnectorSSLError, "no TLS connection came about"),
    (ServerDisconnectedError, "the server closed it"),
    (ClientPayloadError, "the answer was cut off"),
    (ClientResponseError, "the answer is not HTTP"),
)


class SourceClient:
    """One process's connections to sources; redirects are not followed."""

    def __init__(self, user_agent: str, allowed: Allowed) -> None:
        # Where hosts of this machine are allowed, nothing else is reached.
        self._guard = Guard(allowed, is_closed=bool(allowed))
        self._user_agent = user_agent
        self._session: ClientSession | None = None

    async def __aenter__(self) -> SourceClient:
        connector = TCPConnector(
            resolver=GuardedResolver(self._guard), socket_factory=self._guard.open_socket, limit=32
        )
        self._session = ClientSession(
            connector=connector,
            trust_env=False,
            timeout=ClientTimeout(total=SECONDS),
            headers={"User-Agent": self._user_agent, "Accept": "application/json"},
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._session is not None
        await self._session.close()

    async def send(self, request: Request, hosts: Collection[str]) -> Response:
        """Send a request; whatever goes wrong is a response with status 0 and its reason."""
        try:
            url, origin = self._guard.admitted(request.url)
        except BlockedAddressError as error:
            return Response(0, failure=f"the address is not allowed: {error}", is_unsent=True)
        if url.scheme != "https":
            return Response(0, failure="only https is asked", is_unsent=True)
        if origin[0] not in hosts:
            return Response(0, failure=f"{origin[0]} is no host of this source", is_unsent=True)
        return await self._send(request, self._reached(url), origin)

    def _reached(self, url: URL) -> URL:
        """The address as it is connected to: tests serve hosts on this machine without TLS."""
        if ((url.host or ""), _HTTPS) not in self._guard.allowed:
            return url
        return url.with_scheme("http").with_port(_HTTPS)

    async def _send(self, request: Request, url: URL, origin: tuple[str, int]) -> Response:
        assert self._session is not None
        attempt = Attempt(origin)
        token = attempt_under_way.set(attempt)
        try:
            async with self._session.request(
                request.method,
                url,
                headers=dict(request.headers),
                data=request.body or None,
                allow_redirects=False,
            ) as answer:
                return await _read(answer)
        except TimeoutError:
            return Response(0, failure=f"no answer within {SECONDS:g} s")
        except ClientConnectorError as error:
            why = attempt.refused or _words(error)
            return Response(0, failure=f"no connection: {why}", is_unsent=True)
        except (ClientError, OSError, ValueError) as error:
            why = attempt.refused or _words(error)
            return Response(0, failure=f"the connection broke: {why}")
        finally:
            attempt_under_way.reset(token)


def _words(error: Exception) -> str:
    """Why, as a user understands it; of an unknown kind the name."""
    known = next((words for kind, words in _WORDS if isinstance(error, kind)), "")
    number = error.errno if isinstance(error, OSError) else None
    return known or (os.strerror(number).lower() if number else type(error).__name__)


async def _read(answer: ClientResponse) -> Response:
    body = bytearray()
    async for part in answer.content.iter_chunked(1 << 16):
        body += part
        if len(body) > MOST_BYTES:
            return Response(0, failure=f"the answer is larger than {MOST_BYTES:,} bytes")
    return Response(answer.status, _headers(answer), bytes(body), received=now())


def _headers(answer: ClientResponse) -> Mapping[str, str]:
    return {name.lower(): value for name, value in answer.headers.items()}
