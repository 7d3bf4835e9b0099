"""One test: a database, rows, a crew, a failure, and the time until all work is done."""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.context import ForkProcess
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import create_engine, make_url, text

from bench.chaos.crew import Part, main
from bench.chaos.services import Postgres, RedisServer
from leads.errors import SluiceError
from leads.store import Store, clients
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Wanted
from leads.store.migrate import upgrade

_fork = multiprocessing.get_context("fork")
ROWS, SITES, SEARCHES = 120, 30, 20


class NoSuchMomentError(Exception):
    """The crew never reached the step at which it was to be hit."""


@dataclass(slots=True)
class Stage:
    """Everything one test works with."""

    folder: Path
    store: Store
    redis: RedisServer
    postgres: Postgres | None
    mutation: str = ""
    lease: float = 3.0
    crews: list[ForkProcess] = field(default_factory=list)
    #: The folder of the database, if it differs from that of the signals.
    disk: Path = Path()
    number: int = 0
    client: UUID | None = None

    def accept(self, rows: int = ROWS, sites: int = SITES, searches: int = SEARCHES) -> None:
        """Import rows: the row and its task in one transaction."""
        with self.store.write() as tx:
            self.client = clients.make_client(tx, "acme").id
            names = [f"{UUID(int=1)}:{uuid4()}" for _ in range(rows)]
            domains = [f"s{self.number}-{one}.example" for one in range(sites)]
            self.number += 1
            wanted = [("qualify", name, "cheap") for name in names]
            wanted += [("crawl", name, "crawl") for name in domains]
            wanted += [("find_site", str(uuid4()), "crawl") for _ in range(searches)]
            tx.execute(
                text("INSERT INTO chaos_row (kind, name) VALUES (:kind, :name)"),
                [{"kind": kind, "name": name} for kind, name, _ in wanted],
            )
            ledger.ask(
                tx,
                [
                    Wanted(kind=kind, key=name, queue=queue, client_id=self.client)
                    for kind, name, queue in wanted
                ],
            )

    def start_crew(self, host: str = "", workers: int = 2) -> ForkProcess:
        """Start a supervisor in its own process group."""
        part = Part(
            self.folder,
            self.folder,
            self.store.url,
            self.redis.url,
            self.lease,
            host,
            workers,
            self.mutation,
        )
        # SQLite loses its locks across a fork: no connection may be open here.
        self.store.close()
        crew = _fork.Process(target=main, args=(part,))
        crew.start()
        self.crews.append(crew)
        return crew

    def arm(self, moment: str) -> None:
        """Make the next worker that reaches this step wait there."""
        (self.folder / f"arm-{moment}").touch()

    def hit(self, moment: str) -> int:
        """Return the process id of the worker that waits at the step."""
        until = time.monotonic() + 20
        while time.monotonic() < until:
            for found in self.folder.glob(f"hit-{moment}-*"):
                return int(found.name.rpartition("-")[2])
            time.sleep(0.02)
        raise NoSuchMomentError(f"{moment}: {(self.folder / 'log').read_text()[-600:]}")

    def go_on(self) -> None:
        """Let the waiting worker continue."""
        (self.folder / "go-on").touch()

    def settled(self, seconds: float) -> float | None:
        """Return the seconds until no task waits or runs; None on timeout."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            with suppress(SluiceError), self.store.read() as tx:
                if not ledger.unfinished(tx):
                    return time.monotonic() - began
            time.sleep(0.1)
        return None

    def end(self) -> None:
        """Stop every crew of this test, and no other process."""
        self.go_on()
        for crew in self.crews:
            crew.terminate()
        for crew in self.crews:
            crew.join(15)
            for pid in children_of(crew.pid or 0):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            crew.kill()
            crew.join()
        self.store.close()


def children_of(parent: int) -> list[int]:
    """Return the processes that a process started, also after it died, by session."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError, IndexError):
            fields = stat.read_text("utf-8").rpartition(")")[2].split()
            if parent in (int(fields[1]), int(fields[3])):
                found.append(int(stat.parent.name))
    return [pid for pid in found if pid != parent]


@contextmanager
def stage(
    redis: RedisServer,
    postgres: Postgres,
    kind: str,
    mutation: str = "",
    lease: float = 3.0,
    within: Path | None = None,
) -> Iterator[Stage]:
    """Create a fresh database with the checker's tables, an empty Redis, and a folder of
    signals.
    """
    redis.client().flushall()
    with tempfile.TemporaryDirectory(prefix="slc") as name:
        folder = Path(name)
        if kind == "sqlite":
            disk = within or folder
            yield from _made(
                Stage(
                    folder,
                    Store(f"sqlite:///{disk / 'sluice.db'}"),
                    redis,
                    None,
                    mutation,
                    lease,
                    disk=disk,
                )
            )
        else:
            yield from _made(
                Stage(folder, Store(_database(postgres.url)), redis, postgres, mutation, lease)
            )


def _database(server: str) -> str:
    """Create a database; it is dropped with the server, since a connection may not survive."""
    name = f"chaos_{uuid4().hex}"
    engine = create_engine(
        make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _made(made: Stage) -> Iterator[Stage]:
    upgrade(made.store.url)
    with made.store.write() as tx:
        for table in ("chaos_row", "chaos_result"):
            tx.execute(text(f"CREATE TABLE {table} (kind TEXT NOT NULL, name TEXT NOT NULL)"))
    try:
        yield made
    finally:
        made.end()
