"""What a user reads when a source is not reached."""

from __future__ import annotations

import asyncio
import socket
from asyncio import StreamReader, StreamWriter

import pytest

from sources.exchange import Request
from workers.source_http import SourceClient

HOST = "register.example"
#: A server that speaks TLS refuses the handshake.
ALERT = bytes.fromhex("15030300020228")


async def _failure(port: int, asked: int = 443) -> str:
    async with SourceClient("Tests/1.0", {(HOST, asked): ("127.0.0.1", port)}) as client:
        return (await client.send(Request(f"https://{HOST}:{asked}/"), {HOST})).failure


def test_a_closed_port_is_named() -> None:
    with socket.socket() as taken:
        # Bound, but nobody listens.
        taken.bind(("127.0.0.1", 0))
        assert asyncio.run(_failure(taken.getsockname()[1])) == "no connection: connection refused"


def test_a_server_that_hangs_up_is_named() -> None:
    async def hang_up(reader: StreamReader, writer: StreamWriter) -> None:
        await reader.readline()
        writer.close()

    async def failure() -> str:
        async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as server:
            return await _failure(server.sockets[0].getsockname()[1])

    assert asyncio.run(failure()) == "the connection broke: the server closed it"


@pytest.mark.parametrize(
    "sent", [b"HTTP/1.1 400 Bad Request\r\n\r\n", ALERT], ids=["HTTP", "alert"]
)
def test_a_server_without_a_tls_connection_is_named(sent: bytes) -> None:
    async def answer(reader: StreamReader, writer: StreamWriter) -> None:
        await reader.read(1)
        writer.write(sent)
        await writer.drain()
        writer.close()

    async def failure() -> str:
        async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
            # Another port than 443 is asked over TLS in tests, too.
            return await _failure(server.sockets[0].getsockname()[1], 8443)

    assert asyncio.run(failure()) == "no connection: no TLS connection came about"
