"""A short transaction on the driver's own connection: SQLAlchemy's beginning and end of one take
longer than a claim does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Dialect, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import PoolProxiedConnection

from leads.store.scope import Scope, State, state_of


@dataclass(slots=True)
class Direct:
    """A transaction that will write; on PostgreSQL, what is sent together is one."""

    dialect: Dialect
    connection: PoolProxiedConnection
    scope: State
    #: The driver's own connection.
    driver: Any

    def invalidate(self) -> None:
        """Use the connection no more."""
        self.connection.invalidate()


@dataclass(slots=True)
class DirectTransaction:
    """Opens a transaction on a connection of the engine; an exception undoes it."""

    engine: Engine
    scope: Scope
    tx: Direct | None = None

    def __enter__(self) -> Direct:
        """Begin on SQLite; a server begins with what is sent."""
        dialect = self.engine.dialect
        assert dialect.dbapi is not None
        try:
            held = self.engine.raw_connection()
            try:
                file = held.driver_connection
                if dialect.name == "sqlite":
                    assert file is not None
                    file.execute("BEGIN IMMEDIATE")
            except BaseException:
                held.close()
                raise
        except dialect.dbapi.Error as error:
            raise DBAPIError(None, None, error) from error
        self.tx = Direct(dialect, held, state_of(held.info, self.scope), file)
        return self.tx

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Commit on SQLite; a server has done so with what was sent."""
        assert self.tx is not None
        dialect = self.tx.dialect
        assert dialect.dbapi is not None
        try:
            if error is None and dialect.name == "sqlite":
                self.tx.driver.execute("COMMIT")
        except dialect.dbapi.Error as failed:
            raise DBAPIError(None, None, failed) from failed
        finally:
            # This also undoes what was not committed.
            self.tx.connection.close()
        if isinstance(error, dialect.dbapi.Error):
            raise DBAPIError(None, None, error) from error
