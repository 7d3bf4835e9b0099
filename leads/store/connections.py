"""Connections to a server: few ways there and back, and none to a server that has gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, Select, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

#: Seconds without use after which a connection is asked whether it still works.
PAUSE = 1.0


def ask_after_a_pause(engine: Engine) -> None:
    """Make the engine replace connections that ended during a pause.

    To ask before every transaction would cost a way to the server and back each time.
    """

    def returned(_connection: object, entry: ConnectionPoolEntry) -> None:
        entry.info["returned_at"] = monotonic()

    def taken(connection: DBAPIConnection, entry: ConnectionPoolEntry, _proxy: object) -> None:
        returned_at = entry.info.get("returned_at")
        if returned_at is not None and monotonic() - returned_at > PAUSE:
            _ask(engine, connection)

    event.listen(engine, "checkin", returned)
    event.listen(engine, "checkout", taken)


def _ask(engine: Engine, connection: DBAPIConnection) -> None:
    dialect = engine.dialect
    assert dialect.dbapi is not None
    try:
        answers = dialect.do_ping(connection)
    except dialect.dbapi.Error as error:
        raise InvalidatePoolError from error
    if not answers:
        raise InvalidatePoolError


def at_once(
    tx: Connection, statements: Sequence[tuple[Select[Any], Mapping[str, Any]]]
) -> list[list[Sequence[Any]]]:
    """The rows that each of these statements finds; the server gets all of them together, with the
    beginning of the transaction.
    """
    server: Any = tx.connection.driver_connection
    assert tx.dialect.dbapi is not None
    cursors = []
    try:
        with server.pipeline():
            for wanted, given in statements:
                text, fixed = _compiled(wanted, tx.dialect)
                cursors.append(server.execute(text, {**fixed, **given}))
        return [one.fetchall() for one in cursors]
    except tx.dialect.dbapi.Error as error:
        lost = tx.dialect.is_disconnect(error, server, None)
        if lost:
            tx.invalidate()
        raise DBAPIError(None, None, error, connection_invalidated=lost) from error


@cache
def _compiled(wanted: Select[Any], dialect: Dialect) -> tuple[str, Mapping[str, Any]]:
    compiled = wanted.compile(dialect=dialect)
    return str(compiled), compiled.params
