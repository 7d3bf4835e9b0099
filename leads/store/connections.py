"""Connections to a server: few ways there and back, and none to a server that has gone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, Select, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError
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


def first_of_transaction(
    tx: Connection, wanted: Select[Any], given: Mapping[str, Any]
) -> tuple[Any, ...]:
    """The row that a statement finds; a transaction that begins with it is sent along with it."""
    server: Any = tx.connection.driver_connection
    text, fixed = _compiled(wanted, tx.dialect)
    with server.pipeline():
        cursor = server.execute(text, {**fixed, **given})
    (row,) = cursor.fetchall()
    return tuple(row)


@cache
def _compiled(wanted: Select[Any], dialect: Dialect) -> tuple[str, Mapping[str, Any]]:
    compiled = wanted.compile(dialect=dialect)
    return str(compiled), compiled.params
