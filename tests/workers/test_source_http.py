"""What a user reads when a source is not reached."""

from __future__ import annotations

import asyncio
import socket
from asyncio import StreamReader, StreamWriter

from sources.exchange import Request
from workers.source_http import SourceClient

HOST = "register.example"


async def _failure(port: int) -> str:
    async with SourceClient("Tests/1.0", {(HOST, 443): ("127.0.0.1", port)}) as client:
        return (await client.send(Request(f"https://{HOST}/"), {HOST})).failure


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
