"""Connections to a server: none to a server that has gone."""

from __future__ import annotations

from time import monotonic

from sqlalchemy import Engine, event
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
