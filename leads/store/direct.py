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
    #: On SQLite, whether a statement was sent.
    has_begun: bool = False

    def cursor(self) -> Any:
        """A cursor on SQLite; the first one begins the transaction.

        Others wait from then on, so callers do all that needs no database before it.
        """
        if not self.has_begun:
            self.driver.execute("BEGIN IMMEDIATE")
            self.has_begun = True
        return self.driver.cursor()

    def commit(self) -> None:
        """Commit on SQLite if a statement was sent; a server has committed with its statements."""
        if self.has_begun:
            self.driver.execute("COMMIT")

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
        """Connect; the transaction begins with the first statement."""
        dialect = self.engine.dialect
        assert dialect.dbapi is not None
        try:
            held = self.engine.raw_connection()
        except dialect.dbapi.Error as error:
            raise DBAPIError(None, None, error) from error
        scope = state_of(held.info, self.scope)
        self.tx = Direct(dialect, held, scope, held.driver_connection)
        return self.tx

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Commit what is not committed yet."""
        assert self.tx is not None
        dialect = self.tx.dialect
        assert dialect.dbapi is not None
        try:
            if error is None:
                self.tx.commit()
        except dialect.dbapi.Error as failed:
            raise DBAPIError(None, None, failed) from failed
        finally:
            # This also undoes what was not committed.
            self.tx.connection.close()
        if isinstance(error, dialect.dbapi.Error):
            raise DBAPIError(None, None, error) from error
