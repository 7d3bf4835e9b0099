"""Copies of a SQLite database, by SQLite's own online backup: one moment of it, while others write."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import make_url

from leads.clock import now
from leads.errors import ServiceDownError, SluiceError, UsageError
from leads.store.engine import Store, plain_errors
from leads.store.schema import NAMES

#: Pages copied between two looks at whether somebody wants us to stop: 16 MB.
PAGES = 4096
#: Seconds without a step forward, because another process holds the database.
PATIENCE = 60.0


def file_of(url: str) -> Path | None:
    """The database's file; None for one in memory."""
    name = make_url(url).database
    return None if name in (None, "", ":memory:") else Path(str(name))


def save(store: Store, to: Path) -> None:
    """Write one moment of the database into a new file that needs no other beside it; SluiceError
    when its pages are damaged.
    """
    with store.read() as tx, closing(sqlite3.connect(to)) as target:
        # Reading first fixes the moment: without it, every write of another process would start the
        # copy anew.
        tx.exec_driver_sql("SELECT count(*) FROM sqlite_master")
        source = tx.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        source.backup(target, pages=PAGES, progress=_Patience())
        target.execute("PRAGMA journal_mode=DELETE")
        wrong = _damage(target)
    if wrong:
        raise SluiceError(
            f"the database is damaged: {wrong}",
            "restore an earlier backup; a copy of a damaged database is none",
        )


def examine(file: Path, version: str) -> None:
    """Raise UsageError when the file is no whole database of Sluice at that version, or holds more
    than tables and indexes.
    """
    with _of_a_backup(), closing(sqlite3.connect(file)) as found:
        found.execute("PRAGMA trusted_schema=OFF")
        if wrong := _damage(found):
            raise UsageError(
                f"the database in the backup is damaged: {wrong}",
                "use another backup; nothing was restored",
            )
        things = found.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
        strange = [
            name
            for kind, name, sql in things
            if kind not in ("table", "index") or str(sql).upper().startswith("CREATE VIRTUAL")
        ]
        missing = NAMES - {name for _, name, _ in things}
        if strange or missing:
            what = f"it holds {strange[0]!r}" if strange else f"it has no table {min(missing)!r}"
            raise UsageError(
                f"the database in the backup is not one of Sluice: {what}",
                "use another backup; nothing was restored",
            )
        (stands,) = found.execute("SELECT version_num FROM alembic_version").fetchone() or ("none",)
        if stands != version:
            raise UsageError(
                f"the database in the backup is at version {stands}, not {version} as it says",
                "use another backup; nothing was restored",
            )


def load(store: Store, file: Path) -> None:
    """Put the file's content in place of the database's, in one transaction: a copy that is broken
    off leaves it as it was.
    """
    path = file_of(store.url)
    assert path is not None
    store.close()
    with (
        plain_errors(store.url),
        closing(sqlite3.connect(file)) as source,
        closing(sqlite3.connect(path)) as target,
    ):
        target.execute("PRAGMA busy_timeout=1000")
        source.backup(target, pages=PAGES, progress=_Patience())


def set_aside(store: Store) -> Path:
    """Move a file that is no database out of the way, with what SQLite keeps beside it; where it is
    now.
    """
    path = file_of(store.url)
    assert path is not None
    store.close()
    kept = path.with_name(f"{path.name}.damaged-{now():%Y%m%dT%H%M%S}")
    for tail in ("-wal", "-shm", ""):
        if (beside := Path(f"{path}{tail}")).exists():
            beside.rename(f"{kept}{tail}")
    return kept


class _Patience:
    """Lets a copy wait for another process, but not for ever."""

    def __init__(self) -> None:
        self._moved = time.monotonic()

    def __call__(self, status: int, _left: int, _pages: int) -> None:
        if status not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            self._moved = time.monotonic()
        elif time.monotonic() - self._moved > PATIENCE:
            raise ServiceDownError(
                "another process has held the database for a minute",
                "wait for it to end and run the command again",
            )


def _damage(connection: sqlite3.Connection) -> str:
    found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    return (
        ""
        if found == "ok"
        else "".join(letter if letter.isprintable() else " " for letter in found)
    )


@contextmanager
def _of_a_backup() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise UsageError(
            f"the database in the backup cannot be read: {error}",
            "use another backup; nothing was restored",
        ) from None
