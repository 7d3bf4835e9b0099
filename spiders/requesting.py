"""Send one request over a connection of aiohttp's pool, and read what comes back.

The pool opens, counts and keeps connections, and aiohttp's parser reads answers. Its session and its
objects for requests and responses are left out: they take more time than connecting and parsing.
"""

from __future__ import annotations

import asyncio
import select
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, cast

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientOSError,
    ClientPayloadError,
    ClientRequest,
    ClientTimeout,
    ServerDisconnectedError,
    StreamReader,
    TCPConnector,
)
from aiohttp.client_proto import ResponseHandler
from aiohttp.client_reqrep import ConnectionKey
from aiohttp.connector import Connection
from aiohttp.http_parser import RawResponseMessage
from yarl import URL

#: Whoever asks sets the time limit, for all of it.
_NO_LIMIT = ClientTimeout(total=None)
_SWITCHED = 101
#: How many interim answers (1xx) one answer may have, and how many bytes beside its body.
_MOST_INTERIM = 20
_BESIDE_BODY = 1_000_000


class TooLongError(Exception):
    """The answer has more bytes than were asked for."""


@dataclass(frozen=True, slots=True)
class _Origin:
    """What the pool reads of a request to connect it."""

    url: URL
    ssl: ssl.SSLContext
    connection_key: ConnectionKey
    proxy: ClassVar[None] = None
    server_hostname: ClassVar[None] = None

    @property
    def port(self) -> int | None:
        return self.url.port

    def is_ssl(self) -> bool:
        return self.connection_key.is_ssl


class _Answers(ResponseHandler):
    """Reads the answers of one connection. More bytes than a request allows end the connection."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(loop)
        # A server that is overloaded may refuse before it is asked.
        self._bytes_left = _BESIDE_BODY
        self.was_asked = False
        #: More came than the answer may have.
        self.is_over = False

    def begin(self, most: int) -> None:
        """Expect an answer of up to so many bytes, all told."""
        self._bytes_left = most
        self.was_asked = True
        self.set_response_params(read_until_eof=True, auto_decompress=False)

    def end(self) -> None:
        """Expect nothing more."""
        self._bytes_left = 0

    def is_unasked(self) -> bool:
        """Whether something came, or the other side closed, while nothing was expected."""
        transport = self.transport
        if transport is None or transport.is_closing():
            return True
        # What has arrived and is not yet read would be taken for the next answer.
        arrived = select.poll()
        arrived.register(transport.get_extra_info("socket").fileno(), select.POLLIN)
        return bool(arrived.poll(0))

    def data_received(self, data: bytes) -> None:
        """Take bytes; with more than is expected, the connection ends."""
        self._bytes_left -= len(data)
        if self._bytes_left >= 0:
            super().data_received(data)
            return
        self.is_over = True
        if self.transport is not None:
            self.force_close()
            # Tells whoever waits for the answer.
            self.transport.abort()


class Pool(TCPConnector):
    """Connections, kept for the next request to their origin."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        factory: Any = partial(_Answers, loop=self._loop)
        self._factory = factory

    def close_idle(self, key: ConnectionKey) -> None:
        """Close the connections to an origin that wait for a request."""
        for protocol, _ in self._conns.pop(key, ()):
            protocol.close()


class Requester:
    """Sends GET requests with fixed headers and those of each request."""

    def __init__(self, pool: Pool, context: ssl.SSLContext, headers: Mapping[str, str]) -> None:
        self._pool = pool
        self._context = context
        self._fixed = _lines(headers)

    async def get(
        self, url: URL, headers: Mapping[str, str], most: int, *, cut: bool
    ) -> tuple[RawResponseMessage, bytes]:
        """Return the head of the answer and its body as sent, up to `most` bytes.

        TooLongError if there are more; with `cut` the rest is not read. A body that breaks off is
        what came of it. Raises the errors of aiohttp, and sets no time limit. A connection that the
        server closed before it answered is opened again, once (RFC 9112, 9.3.1).
        """
        head = self._head(url, headers)
        try:
            return await self._exchange(url, head, most, cut=cut)
        except ClientConnectorError:
            raise
        except (ClientOSError, ServerDisconnectedError):
            return await self._exchange(url, head, most, cut=cut)

    @asynccontextmanager
    async def streamed(
        self, url: URL, headers: Mapping[str, str], most: int
    ) -> AsyncIterator[tuple[RawResponseMessage, StreamReader]]:
        """Return the head of the answer, and its body to be read as it comes.

        The connection ends after it, and when more than `most` bytes came. Raises the errors of
        aiohttp, and sets no time limit.
        """
        connection, protocol = await self._connected(url)
        try:
            _ask(connection, protocol, self._head(url, headers), most + _BESIDE_BODY)
            yield await _answered(protocol)
        except ClientError as error:
            if protocol.is_over:
                raise TooLongError("the answer has no end") from error
            raise
        finally:
            connection.close()

    def _head(self, url: URL, headers: Mapping[str, str]) -> bytes:
        return (
            f"GET {url.raw_path_qs} HTTP/1.1\r\nHost: {url.host_port_subcomponent}\r\n"
            f"{_lines(headers)}{self._fixed}\r\n"
        ).encode("ascii")

    async def _exchange(
        self, url: URL, head: bytes, most: int, *, cut: bool
    ) -> tuple[RawResponseMessage, bytes]:
        connection, protocol = await self._connected(url)
        try:
            _ask(connection, protocol, head, 2 * most + _BESIDE_BODY)
            message, payload = await _answered(protocol)
            body = await _body(message, payload, most, cut=cut)
        except BaseException as error:
            connection.close()
            if protocol.is_over and isinstance(error, ClientError):
                raise TooLongError("the answer has no end") from error
            raise
        if protocol.is_over and len(body) < most:
            connection.close()
            raise TooLongError("the answer has no end")
        protocol.end()
        # One whose answer was not read to its end is closed.
        connection.release()
        return message, body

    async def _connected(self, url: URL) -> tuple[Connection, _Answers]:
        """Return a connection to which nothing came since its last answer."""
        while True:
            connection = await self._pool.connect(self._origin(url), [], _NO_LIMIT)
            protocol = cast("_Answers", connection.protocol)
            if not (protocol.was_asked and protocol.is_unasked()):
                return connection, protocol
            connection.close()

    def leave(self, url: URL) -> None:
        """Close the idle connections to the origin of a URL: no more is asked for there."""
        self._pool.close_idle(self._key(url))

    def _origin(self, url: URL) -> ClientRequest:
        return cast("ClientRequest", _Origin(url, self._context, self._key(url)))

    def _key(self, url: URL) -> ConnectionKey:
        is_ssl = url.scheme == "https"
        return ConnectionKey(
            url.raw_host or "", url.port, is_ssl, self._context, None, None, None, None
        )


def _ask(connection: Connection, protocol: _Answers, head: bytes, most: int) -> None:
    """Send a request; ClientOSError if it cannot be sent."""
    transport = connection.transport
    if transport is None or transport.is_closing():
        raise ClientOSError("the connection is closed")
    protocol.begin(most)
    transport.write(head)


async def _answered(protocol: ResponseHandler) -> tuple[RawResponseMessage, StreamReader]:
    """Return the final answer; interim ones (1xx) are passed over."""
    for _ in range(_MOST_INTERIM + 1):
        message, payload = await protocol.read()
        if message.code >= 200 or message.code == _SWITCHED:
            return message, payload
    raise TooLongError(f"more than {_MOST_INTERIM} interim answers")


async def _body(
    message: RawResponseMessage, payload: StreamReader, most: int, *, cut: bool
) -> bytes:
    announced = message.headers.get("Content-Length")
    if not cut and announced is not None and int(announced) > most:
        raise TooLongError(f"{announced} bytes are announced")
    parts: list[bytes] = []
    size = 0
    try:
        while part := await payload.readany():
            parts.append(part)
            size += len(part)
            if size > most:
                if cut:
                    break
                raise TooLongError(f"more than {most} bytes")
    except ClientPayloadError:
        pass
    body = parts[0] if len(parts) == 1 else b"".join(parts)
    return body[:most] if cut else body


def _lines(headers: Mapping[str, str]) -> str:
    """Return headers as sent; ValueError for one that would end its line."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    if lines.count("\n") != len(headers) or lines.count("\r") != len(headers):
        raise ValueError("a header has more than one line")
    return lines
