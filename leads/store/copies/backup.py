"""One moment of the whole database into a file, and back: SQLite or PostgreSQL, whichever the store
is.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from sqlalchemy import select

from leads.errors import NotFoundError, UsageError
from leads.migrations import HEAD
from leads.store.copies import postgres as postgres_copy
from leads.store.copies import sqlite as sqlite_copy
from leads.store.engine import Store
from leads.store.migrate import version
from leads.store.schema import TABLES

Kind = Literal["sqlite", "postgresql"]


def kind_of(store: Store) -> Kind:
    """Which database it is; UsageError for one in memory, of which no copy can be kept."""
    if store.engine.dialect.name == "postgresql":
        return "postgresql"
    if sqlite_copy.file_of(store.url) is None:
        raise UsageError(
            "a database in memory has no backup", "set SLUICE_HOME or SLUICE_DATABASE_URL"
        )
    return "sqlite"


def save(store: Store, to: Path) -> str:
    """Write the database into a new file, at any version of ours, which is returned; NotFoundError
    when there is nothing to save.
    """
    kind, found = kind_of(store), existing_version(store)
    if found is None:
        raise NotFoundError("there is no database yet", "check SLUICE_HOME and SLUICE_DATABASE_URL")
    if found == "unknown":
        raise UsageError(
            "the database's tables are not Sluice's", "check SLUICE_HOME and SLUICE_DATABASE_URL"
        )
    if kind == "sqlite":
        sqlite_copy.save(store, to)
    else:
        postgres_copy.save(store, to, found)
    return found


def examine(store: Store, file: Path) -> None:
    """Raise UsageError when the file is no copy of a database of this kind at this Sluice's
    version.
    """
    if kind_of(store) == "sqlite":
        sqlite_copy.examine(file, HEAD)
    else:
        postgres_copy.examine(file)


def tables_with_rows(store: Store) -> list[str]:
    """The tables that hold anything; UsageError when the database is of another version or somebody
    else's.
    """
    found = existing_version(store)
    if found is None:
        return []
    if found != HEAD:
        hint = (
            "run `sluice db upgrade` first"
            if found.isdecimal() and found < HEAD
            else "point SLUICE_DATABASE_URL at an empty database"
        )
        raise UsageError(
            f"the database to be replaced is at version {found}, this Sluice needs {HEAD}", hint
        )
    with store.read() as tx:
        tables = sorted(TABLES.items())
        return [
            name
            for name, table in tables
            if tx.execute(select(table.c[table.primary_key.columns.keys()[0]]).limit(1)).first()
        ]


def is_damaged(store: Store) -> bool:
    """Whether there is a file in the database's place that SQLite cannot read as one."""
    if kind_of(store) == "postgresql":
        return False
    try:
        existing_version(store)
    except UsageError:
        return True
    return False


def load(store: Store, file: Path) -> Path | None:
    """Replace the database by the copy (all or nothing); the path where a damaged one is kept."""
    if kind_of(store) == "postgresql":
        postgres_copy.load(store, file)
        return None
    aside = sqlite_copy.set_aside(store) if is_damaged(store) else None
    sqlite_copy.load(store, file)
    return aside


def existing_version(store: Store) -> str | None:
    """Read the version of the database without creating one; None when there is none."""
    # Asking SQLite about a file that is not there would make it.
    file = sqlite_copy.file_of(store.url) if store.engine.dialect.name == "sqlite" else None
    return version(store) if file is None or file.exists() else None
