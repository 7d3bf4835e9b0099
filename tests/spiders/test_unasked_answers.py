"""Answers that nobody asked for, and answers without an end, from a server that keeps connections."""

import asyncio
import resource
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from time import process_time

import pytest
from aiohttp.http_exceptions import HttpProcessingError
from yarl import URL

from spiders.requesting import Pool, Requester, TooLongError

MOST = 100_000
STALE = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nstale"
PATIENCE = 20
#: Bytes that may come to us before we end a connection: what the system takes ahead included.
WITHIN = 12_000_000

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def said(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


@asynccontextmanager
async def asking(serve: Serve) -> AsyncIterator[Callable[..., Awaitable[bytes]]]:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    pool = Pool(limit_per_host=1)
    requester = Requester(pool, ssl.create_default_context(), {})

    async def get(path: str = "/", most: int = MOST, *, cut: bool = False) -> bytes:
        async with asyncio.timeout(PATIENCE):
            url = URL(f"http://127.0.0.1:{port}{path}")
            return (await requester.get(url, {}, most, cut=cut))[1]

    try:
        yield get
    finally:
        await pool.close()
        server.close()


def run(work: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        await work()

    asyncio.run(whole())


async def flooded(writer: asyncio.StreamWriter, piece: bytes, most: int) -> int:
    """Send a piece again and again; return the bytes that were taken before the connection ended."""
    sent = 0
    try:
        while sent < most:
            writer.write(piece)
            sent += len(piece)
            await writer.drain()
    except OSError:
        pass
    return sent


async def asked(reader: asyncio.StreamReader) -> str:
    return (await reader.readuntil(b"\r\n\r\n")).split()[1].decode()


@pytest.mark.parametrize("lull", [0.0, 0.05], ids=["with its answer", "a moment later"])
def test_an_answer_that_nobody_asked_for_is_never_returned(lull: float) -> None:
    connections: list[int] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(1)
        while True:
            path = await asked(reader)
            writer.write(said(path.encode()))
            if lull:
                await writer.drain()
                await asyncio.sleep(lull)
            writer.write(STALE * 2)
            await writer.drain()

    async def work() -> None:
        async with asking(serve) as get:
            for place in range(4):
                assert await get(f"/{place}") == f"/{place}".encode()
                await asyncio.sleep(3 * lull)
        assert len(connections) == 4

    run(work)


def test_what_arrived_while_we_were_busy_is_not_the_next_answer() -> None:
    came = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            path = await asked(reader)
            writer.write(said(path.encode()))
            await came.wait()
            # It reaches the socket of a loop that looks at it only after its next request.
            writer.get_extra_info("socket")._sock.send(STALE)

    async def work() -> None:
        async with asking(serve) as get:
            assert await get("/first") == b"/first"
            came.set()
            await asyncio.sleep(0)
            assert await get("/second") == b"/second"

    run(work)


def test_a_new_connection_may_be_refused_before_it_asks() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 503 Busy\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbusy")
        await writer.drain()
        await asked(reader)

    async def work() -> None:
        async with asking(serve) as get:
            assert await get() == b"busy"

    run(work)


def test_a_connection_without_more_is_kept() -> None:
    connections: list[int] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(1)
        while True:
            writer.write(said((await asked(reader)).encode()))

    async def work() -> None:
        async with asking(serve) as get:
            for place in range(5):
                assert await get(f"/{place}") == f"/{place}".encode()
                await asyncio.sleep(0.01)
        assert connections == [1]

    run(work)


def test_a_flood_over_an_idle_connection_ends_it() -> None:
    sent: list[int] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asked(reader)
        writer.write(said(b"first"))
        await writer.drain()
        await asyncio.sleep(0.05)
        sent.append(await flooded(writer, STALE * 2_000, 50_000_000))

    async def work() -> None:
        async with asking(serve) as get:
            assert await get() == b"first"
            before, began = resident(), process_time()
            async with asyncio.timeout(PATIENCE):
                while not sent:
                    await asyncio.sleep(0.01)
            assert sent[0] < WITHIN
            assert process_time() - began < 1.5
            assert resident() - before < 40_000

    run(work)


ENDLESS = {
    "1xx": (b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 500),
    "1xx with long headers": (b"", b"HTTP/1.1 103 OK\r\n" + b"A: " + b"b" * 8_000 + b"\r\n\r\n"),
    "chunk extensions": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        (b"1;" + b"x" * 2_000 + b"\r\na\r\n") * 10,
    ),
    "tiny chunks": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"0" * 1_000 + b"1\r\na\r\n",
    ),
    "a body": (b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 50_000),
    "headers": (b"HTTP/1.1 200 OK\r\n", b"A: b\r\n" * 5_000),
}


@pytest.mark.parametrize("kind", list(ENDLESS))
def test_an_answer_without_an_end_is_refused(kind: str) -> None:
    first, piece = ENDLESS[kind]
    sent: list[int] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asked(reader)
        writer.write(first)
        sent.append(await flooded(writer, piece, 100_000_000))

    async def work() -> None:
        async with asking(serve) as get:
            began = process_time()
            with pytest.raises((TooLongError, HttpProcessingError)):
                await get()
            async with asyncio.timeout(PATIENCE):
                while not sent:
                    await asyncio.sleep(0.01)
            assert sum(sent) < WITHIN
            assert len(sent) == 1
            assert process_time() - began < 3

    run(work)


def test_of_a_long_body_the_first_bytes_are_taken() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asked(reader)
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        await flooded(writer, b"x" * 1_000_000, 100_000_000)

    async def work() -> None:
        async with asking(serve) as get:
            assert await get(most=1_000, cut=True) == b"x" * 1_000

    run(work)


def resident() -> int:
    """Return the most kilobytes that this process has taken."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
