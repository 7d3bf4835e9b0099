"""Fill a new database fast: without foreign keys, and with its indexes made afterwards."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import psycopg
from sqlalchemy import make_url

_AT_ONCE = 20_000
Row = Sequence[Any]


class Loader(Protocol):
    """One database that is being filled."""

    def put(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Add rows to a table; ids, times and JSON are text."""

    def run(self, statement: str) -> None:
        """Let the database itself make rows, which is several times as fast."""


@contextmanager
def bulk_load(url: str, tables: Sequence[str]) -> Iterator[Loader]:
    """Fill these tables of a database; then its indexes are there, and its statistics."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        assert address.database
        with _sqlite(Path(address.database), tables) as one:
            yield one
        return
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET timezone = 'UTC'")
        connection.execute("SET maintenance_work_mem = '256MB'")
        wanted = (
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND indexname NOT"
            " IN (SELECT conname FROM pg_constraint)"
        )
        indexes = connection.execute(wanted, [list(tables)]).fetchall()
        for name, _ in indexes:
            connection.execute(f'DROP INDEX "{name}"'.encode())
        yield _Postgres(connection)
        for _, made in indexes:
            connection.execute(made.encode())
        connection.execute("VACUUM ANALYZE")


@contextmanager
def _sqlite(file: Path, tables: Sequence[str]) -> Iterator[Loader]:
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000"):
        connection.execute(f"PRAGMA {pragma}")
    marks = ",".join("?" * len(tables))
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name"
        f" IN ({marks})",
        tables,
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    connection.execute("BEGIN")
    yield _Sqlite(connection)
    connection.execute("COMMIT")
    for _, made in indexes:
        connection.execute(made)
    connection.execute("ANALYZE")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


class _Sqlite:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def put(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        names, marks = ", ".join(f'"{name}"' for name in columns), ",".join("?" * len(columns))
        self._connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)

    def run(self, statement: str) -> None:
        self._connection.execute(statement)


class _Postgres:
    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def put(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        names = ", ".join(f'"{name}"' for name in columns)
        with (
            self._connection.cursor() as cursor,
            cursor.copy(f'COPY "{table}" ({names}) FROM STDIN'.encode()) as copy,
        ):
            left = iter(rows)
            while some := list(islice(left, _AT_ONCE)):
                copy.write("".join(map(_line, some)))

    def run(self, statement: str) -> None:
        self._connection.execute(statement.encode())


def _line(row: Row) -> str:
    """A row of COPY's text format; the made values hold no character that it escapes."""
    return "\t".join("\\N" if value is None else str(value) for value in row) + "\n"
