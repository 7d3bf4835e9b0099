"""The limits of a source hold over all processes and hosts, as the source itself counts."""

import asyncio
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from leads import clock
from leads.settings import load_settings
from leads.store.engine import Store
from sources.exchange import Request
from sources.source import Card, Limit
from tests.sources.fake_sources import Asked, FakeSources, Sent
from workers.context import Context
from workers.source_http import SourceClient
from workers.source_turns import Turn, TurnsOf

HOST = "api.limited.example"
LIMITS = (Limit(20, 1), Limit(40, 3))
CARD = Card(
    name="register:limited",
    title="Limited",
    attributes=frozenset({"employees"}),
    limits=LIMITS,
    hosts=frozenset({HOST}),
)
PROCESSES = 8
#: Requests under way at a time in each process.
TOGETHER = 4
#: With both limits these take 4 seconds: 20 at 0, 1, 3 and 4 seconds.
REQUESTS = 80
PATIENCE = 60


@dataclass
class Counting:
    """A source that notes when each request came, in whole microseconds of this machine's clock."""

    fake: FakeSources
    came: list[int] = field(default_factory=list)

    def __call__(self, _: Asked) -> Sent:
        with self.fake.lock:
            self.came.append(time.time_ns() // 1000)
        return Sent({})

    def check(self) -> None:
        """No window ever held more than a limit allows."""
        came = sorted(self.came)
        for limit in LIMITS:
            apart = zip(came, came[limit.requests :], strict=False)
            closest = min((later - earlier for earlier, later in apart), default=10**12)
            assert closest >= limit.seconds * 1_000_000, limit


@pytest.fixture
def source() -> Iterator[Counting]:
    fake = FakeSources()
    counting = Counting(fake)
    fake.hosts[HOST] = counting
    with fake.serving():
        yield counting


class Ahead:
    """A clock that is 30 seconds ahead."""

    def now(self, zone: object) -> datetime:
        del zone
        return datetime.fromtimestamp(time.time() + 30, UTC)


def _asking(database_url: str, source: Counting, *, is_ahead: bool) -> Callable[[], None]:
    """What one process does: it asks until it is killed."""

    async def ask() -> None:
        store = Store(database_url)
        context = Context(store=store, settings=load_settings(), secret=b"")
        mine = TurnsOf(context)
        async with SourceClient("Tests/1.0", source.fake.allowed()) as client:

            async def one_after_another() -> None:
                while True:
                    turn = await mine.take(CARD)
                    if isinstance(turn, Turn):
                        await client.send(Request(f"https://{HOST}/"), CARD.hosts)
                        mine.end(CARD, turn)

            await asyncio.gather(*(one_after_another() for _ in range(TOGETHER)))

    def run() -> None:
        if is_ahead:
            setattr(clock, "datetime", Ahead())  # noqa: B010
        asyncio.run(ask())

    return run


@contextmanager
def _processes(works: list[Callable[[], None]]) -> Iterator[list[int]]:
    """Processes that begin this together, and are killed at the end."""
    waiting, go = os.pipe()
    children = []
    try:
        for work in works:
            child = os.fork()
            if child == 0:
                try:
                    os.close(go)
                    os.read(waiting, 1)
                    work()
                finally:
                    os._exit(1)
            children.append(child)
        os.close(go)
        yield children
    finally:
        os.close(waiting)
        for child in children:
            # Who was killed before is still there: nobody waited for it.
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _wait_for(source: Counting, requests: int) -> None:
    until = time.monotonic() + PATIENCE
    while len(source.came) < requests:
        assert time.monotonic() < until, f"{len(source.came)} of {requests} requests came"
        time.sleep(0.01)


def test_eight_processes_keep_every_limit(database_url: str, source: Counting) -> None:
    # Hosts share a database server, whose clock counts; a file is shared by one host alone.
    has_hosts = database_url.startswith("postgresql")
    works = [
        _asking(database_url, source, is_ahead=has_hosts and number % 2 == 1)
        for number in range(PROCESSES)
    ]
    with _processes(works):
        _wait_for(source, REQUESTS)
    source.check()


def test_a_killed_process_keeps_its_turns(database_url: str, source: Counting) -> None:
    works = [_asking(database_url, source, is_ahead=False) for _ in range(3)]
    with _processes(works) as children:
        _wait_for(source, 5)
        os.kill(children[0], signal.SIGKILL)
        _wait_for(source, 30)
    source.check()
