"""Make a database, bring it up to date, and refuse one of another version."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import inspect, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from leads.errors import UsageError
from leads.migrations import HEAD
from leads.migrations.new_database import make_tables
from leads.store.engine import CACHE_MB, Store

#: Any number that nothing else locks.
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(7115423)")
_VERSION = text("SELECT version_num FROM alembic_version")


def open_store(url: str, cache_mb: int = CACHE_MB) -> Store:
    """The database at `url`, made when it is empty; UsageError when it belongs to another version."""
    store = Store(url, cache_mb)
    found = version(store)
    if found is None:
        upgrade(url)
    elif found != HEAD:
        store.close()
        raise UsageError(
            f"the database is at version {found}, this Sluice needs {HEAD}", way_out(found)
        )
    return store


def version(store: Store) -> str | None:
    """The database's version: None when it holds nothing of ours, `unknown` when its tables are
    somebody else's.
    """
    # Every command asks this, and looking up the tables takes ten times as long as reading one.
    with store.read() as tx, suppress(OperationalError, ProgrammingError):
        return str(tx.execute(_VERSION).scalar() or "unknown")
    with store.read() as tx:
        return "unknown" if inspect(tx).get_table_names() else None


def upgrade(url: str) -> None:
    """Make the tables of an empty database, or run the steps that it lacks (all or none)."""
    store = Store(url)
    try:
        with store.write() as tx:
            if tx.dialect.name == "postgresql":
                # The first commands of a new database may begin at the same moment.
                tx.execute(_ONE_AT_A_TIME)
            is_new = not inspect(tx).get_table_names()
            if is_new:
                make_tables(tx)
        found = version(store)
        if found == "unknown":
            raise UsageError("the database is not one of Sluice", way_out(found))
        if not is_new or found != HEAD:
            _run_steps(store)
    finally:
        store.close()


def _run_steps(store: Store) -> None:
    from leads.migrations.steps import CommandError, run_steps

    try:
        with store.write() as tx:
            run_steps(tx)
    except CommandError as error:
        raise UsageError(
            f"the database cannot be upgraded: {error}", way_out(version(store) or "")
        ) from None


def way_out(found: str) -> str:
    """What to do about a database of another version than this Sluice needs."""
    if found.isdecimal() and found < HEAD:
        return "run `sluice db upgrade`"
    if found.isdecimal():
        return (
            "install the Sluice that made it, or point SLUICE_HOME or SLUICE_DATABASE_URL at"
            " another database"
        )
    return "point SLUICE_HOME or SLUICE_DATABASE_URL at an empty database"
