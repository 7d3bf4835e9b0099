"""A short transaction on the driver's own connection: SQLAlchemy's beginning and end of one take
longer than a claim does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Dialect, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import PoolProxiedConnection

from leads.store.scope import Scope, State, state_of


@dataclass(frozen=True, slots=True)
class Direct:
    """A transaction that will write; on PostgreSQL, what is sent together is one."""

    dialect: Dialect
    connection: PoolProxiedConnection
    scope: State

    def invalidate(self) -> None:
        """Use the connection no more."""
        self.connection.invalidate()


@contextmanager
def direct(engine: Engine, scope: Scope) -> Iterator[Direct]:
    """Open a transaction on a connection of the engine; an exception undoes it."""
    assert engine.dialect.dbapi is not None
    try:
        held = engine.raw_connection()
        try:
            begin = _alone if engine.dialect.name == "sqlite" else _together
            with begin(held.driver_connection):
                yield Direct(engine.dialect, held, state_of(held.info, scope))
        finally:
            # This also undoes what was not committed.
            held.close()
    except engine.dialect.dbapi.Error as error:
        raise DBAPIError(None, None, error) from error


@contextmanager
def _alone(file: Any) -> Iterator[None]:
    file.execute("BEGIN IMMEDIATE")
    yield
    file.execute("COMMIT")


@contextmanager
def _together(server: Any) -> Iterator[None]:
    """Let the server commit what is sent together without being told: that saves two ways."""
    server.autocommit = True
    try:
        yield
    finally:
        if not server.closed:
            server.autocommit = False
