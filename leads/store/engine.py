"""One database, SQLite or PostgreSQL, and transactions on it."""

from __future__ import annotations

import os
import shlex
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from leads.errors import ServiceDownError, SluiceError, UsageError
from leads.store import scope as scopes
from leads.store.connections import ask_after_a_pause
from leads.store.direct import Direct, DirectTransaction
from leads.store.group_commit import GroupCommit, Result
from leads.store.scope import EVERY_CLIENT, Scope
from leads.store.snapshot import keeping_answers

#: An open transaction: what every function of the store takes first.
Tx = Connection

#: Rows a statement touches at a time: under SQLite's limit of 32,766 parameters with ten columns.
CHUNK = 3_000

#: Connections that a process keeps open when nobody uses them: to open one takes longer than a
#: short transaction.
KEPT = 20

#: Megabytes of the database that a connection to SQLite keeps.
CACHE_MB = 32

#: Seconds for which a writer waits for others on SQLite.
PATIENCE = 60

#: An execution option of our own, set on the connections of write transactions.
_WRITES = "sluice_write"


class NoRoomError(SluiceError):
    """The database's disk is full: no fault of what was to be written, which can be written later."""


class Store:
    """One database; `write()` and `read()` open a transaction on it."""

    def __init__(self, url: str, cache_mb: int = CACHE_MB) -> None:
        """Connect to nothing yet; UsageError when `url` is no address of a database.

        Each connection to SQLite that reads keeps up to `cache_mb` of the database. One writes at a
        time, and keeps twice as much, as others would read again what it could not keep.
        """
        self.engine = _engine(url, f"cache_size=-{min(CACHE_MB, 2 * cache_mb) * 1_000}")
        self.url = url
        #: With which scope its transactions begin. A person's session binds it to less.
        self.scope = EVERY_CLIENT
        if self.engine.dialect.name == "postgresql":
            # Every statement of a read transaction sees the same snapshot, as SQLite does anyway.
            snapshot = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
            self.reading: Engine = self.engine.execution_options(**snapshot)
        else:
            # Connections of their own: SQLite forgets its compiled statements when a connection
            # turns from reading to writing.
            self.reading = _engine(url, "query_only=ON", f"cache_size=-{cache_mb * 1_000}")
        self._writing = self.engine.execution_options(**{_WRITES: True})
        # Threads that wait here leave the processor to the one that writes; SQLite's own waiting
        # would keep asking.
        self._writers = Lock() if self.engine.dialect.name == "sqlite" else None
        self._together = GroupCommit(
            partial(DirectTransaction, self.engine, EVERY_CLIENT), self._turn
        )

    def bound(self, scope: Scope) -> Store:
        """The same database, whose transactions begin with this scope."""
        other = copy(self)
        other.scope = scope
        return other

    @contextmanager
    def write(self) -> Iterator[Tx]:
        """A transaction that will write: committed at the end, undone by an exception."""
        with plain_errors(self.url), self._turn(), self._writing.begin() as tx:
            scopes.begin(tx, self.scope)
            yield tx

    @contextmanager
    def direct(self) -> Iterator[Direct]:
        """A short transaction that will write, on the driver's own connection."""
        with plain_errors(self.url), self._turn(), DirectTransaction(self.engine, self.scope) as tx:
            yield tx

    def at_once(self, work: Callable[[Direct], Result]) -> Result:
        """What a short work returns that writes on the driver's own connection.

        On SQLite it may be committed with that of other threads, and run again if theirs fails.
        """
        if self._writers is None:
            with self.direct() as tx:
                return work(tx)
        with plain_errors(self.url):
            return self._together.run(work, self.scope)

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """A transaction that cannot write, and sees one snapshot of the database."""
        with plain_errors(self.url), self.reading.begin() as tx, keeping_answers(tx):
            scopes.begin(tx, self.scope)
            yield tx

    @contextmanager
    def rehearse(self) -> Iterator[Tx]:
        """A transaction that does everything and keeps nothing."""
        with (
            plain_errors(self.url),
            self._turn(),
            self._writing.connect() as tx,
            tx.begin() as whole,
        ):
            scopes.begin(tx, self.scope)
            yield tx
            whole.rollback()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Let one thread of this process write at a time, where the database lets only one."""
        if self._writers is None:
            yield
            return
        if not self._writers.acquire(timeout=PATIENCE):
            raise _held_too_long("another thread")
        try:
            yield
        finally:
            self._writers.release()

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()
        self.reading.dispose()


def writes(tx: Tx) -> bool:
    """Whether this is a write transaction."""
    return bool(tx.get_execution_options().get(_WRITES, False))


def chunks(rows: list[Any], size: int = CHUNK) -> Iterator[list[Any]]:
    """The rows in runs of `size`."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _engine(url: str, *pragmas: str) -> Engine:
    try:
        address = make_url(url)
        if address.get_backend_name() == "postgresql":
            server = create_engine(
                address.set(drivername="postgresql+psycopg"),
                isolation_level="READ COMMITTED",
                pool_size=KEPT,
            )
            ask_after_a_pause(server)
            scopes.listen(server)
            return server
        if address.get_backend_name() != "sqlite":
            raise UsageError(
                f"{address.render_as_string()} is neither SQLite nor PostgreSQL",
                "set SLUICE_DATABASE_URL to postgresql://…",
            )
    except (ArgumentError, NoSuchModuleError):
        raise UsageError(
            "the database address cannot be understood",
            "set SLUICE_DATABASE_URL to postgresql://user@host/name",
        ) from None
    if address.database:
        _make_folder(Path(address.database).parent)
    # A database in memory has one connection only. Of others the one used last is used first: each
    # fills a cache of its own.
    kept: dict[str, Any] = (
        {"pool_size": KEPT, "pool_use_lifo": True}
        if address.database not in (None, "", ":memory:")
        else {}
    )
    engine = create_engine(address, **kept)
    event.listen(
        engine,
        "connect",
        partial(_prepare_sqlite, Path(address.database) if address.database else None, pragmas),
    )
    event.listen(engine, "begin", _begin_sqlite)
    scopes.listen(engine)
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_writable(folder, error.strerror or str(error)) from None


def _not_writable(path: Path, why: str) -> ServiceDownError:
    return ServiceDownError(
        f"{path} cannot be written to: {why}",
        f"allow it, such as chmod u+w {shlex.quote(str(path))}, or set SLUICE_HOME to a folder that"
        " can be written to",
    )


def _read_only(url: str) -> Path | None:
    """The database's file or folder, when this process may not write to it."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        return None
    file = Path(address.database)
    # SQLite writes side files into the folder even to read.
    wanted = [file.parent, file] if file.exists() else [file.parent]
    return next((one for one in wanted if not os.access(one, os.W_OK)), None)


def _prepare_sqlite(
    file: Path | None, pragmas: Sequence[str], connection: sqlite3.Connection, _record: object
) -> None:
    if file and file.exists() and not file.stat().st_size:
        # Just made. Clients' lists are nobody else's business; SQLite gives its side files the same
        # rights.
        file.chmod(0o600)
    # The driver's own idea of transactions would begin them too late: we say BEGIN ourselves,
    # below.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        f"busy_timeout={PATIENCE * 1_000}",
        *pragmas,
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later would fail at once when another one writes; so
    # writers take the lock first.
    # The driver itself is asked: on this way every transaction would pay for SQLAlchemy's.
    file = connection.connection.driver_connection
    assert isinstance(file, sqlite3.Connection)
    file.execute("BEGIN IMMEDIATE" if writes(connection) else "BEGIN")


@contextmanager
def plain_errors(url: str) -> Iterator[None]:
    """Turn what a driver raises about the database at `url` into errors that say the way out."""
    try:
        yield
    except DBAPIError as error:
        raise _explained(str(error.orig), url, lost=error.connection_invalidated) from error
    except sqlite3.Error as error:
        raise _explained(str(error), url, lost=False) from error


def _held_too_long(by: str) -> ServiceDownError:
    return ServiceDownError(
        f"{by} has held the database for a minute", "wait for it to end and run the command again"
    )


def _explained(said: str, url: str, *, lost: bool) -> SluiceError:
    text = said.strip().split("\n")[0]
    if any(words in text for words in ("disk is full", "disk I/O", "No space left")):
        return NoRoomError(
            f"the database has no room left: {text}",
            "free some space and run the command again; nothing was half-written",
        )
    if "locked" in text:
        return _held_too_long("another process")
    if "not a database" in text or "malformed" in text:
        return UsageError(
            f"{make_url(url).database} is not a database of Sluice: {text}",
            "set SLUICE_HOME to another folder, or restore a backup",
        )
    shut = "unable to open" in text or "readonly" in text
    if shut and (path := _read_only(url)):
        return _not_writable(path, "it is read-only")
    if lost or shut or "connect" in text.lower():
        return ServiceDownError(
            f"the database does not answer: {text}",
            "check SLUICE_DATABASE_URL and SLUICE_HOME, then `sluice doctor`",
        )
    return SluiceError(f"the database refused: {text}", "run `sluice doctor`")
