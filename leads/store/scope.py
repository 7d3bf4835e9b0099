"""Whose rows a transaction may touch: a scope, without which the store refuses to read.

Three things keep clients apart. This is the first: each transaction has a scope, and refuses a
statement on clients' rows while its scope is unknown, and one that names a client out of it. The
second are foreign keys that include the client, the third is row-level security of PostgreSQL, which
gets the scope from here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import Connection, Dialect, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from leads.errors import SluiceError
from leads.migrations.row_security import BY_ID, IS_HELD, NEEDED_BEFORE, SETTING
from leads.store.schema import TABLES

#: The execution option that holds the state of a transaction.
_STATE = "sluice_scope"
#: What the pool notes of a connection: whether row-level security holds its role.
_HELD = "sluice_held"
#: How columns and statements of ours call the client's id.
_CLIENT = re.compile(r"(?:client_id|of_client)(?:_\d+)*(?:_m\d+)?")
#: Tells PostgreSQL the scope of a transaction.
TELL = f"SELECT set_config('{SETTING}', $1, true)"
_WORD = re.compile(r"\w+")


class NoScopeError(SluiceError):
    """A statement would touch rows that the scope of its transaction does not cover."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The clients whose rows a transaction may touch; None: every client."""

    clients: frozenset[UUID] | None = None
    #: False: who acts is not known yet, so no client's row may be touched.
    is_known: bool = True

    @property
    def setting(self) -> str:
        """The scope as PostgreSQL gets it."""
        if self.clients is None:
            return "*"
        return ",".join(str(one) for one in sorted(self.clients))


EVERY_CLIENT = Scope()
UNKNOWN = Scope(frozenset(), is_known=False)


@dataclass(slots=True)
class State:
    """The scope of a transaction, and how far the server knows it."""

    scope: Scope
    #: Whether row-level security holds the role of this connection.
    is_held: bool
    #: What PostgreSQL was told in this transaction; an untold one sees no client's row.
    told: str = ""


class Scoped(Protocol):
    """A transaction on the driver's own connection, with its scope."""

    @property
    def scope(self) -> State:
        """Its scope."""

    @property
    def dialect(self) -> Dialect:
        """What SQLAlchemy knows of the database and its driver."""

    @property
    def connection(self) -> PoolProxiedConnection:
        """The connection that the pool lent."""


def state_of(info: Mapping[Any, Any], scope: Scope) -> State:
    """The state of a new transaction on a connection of which the pool noted this."""
    return State(scope, bool(info.get(_HELD)))


def begin(tx: Connection, scope: Scope) -> None:
    """Give a new transaction its scope."""
    tx.execution_options(**{_STATE: state_of(tx.connection.info, scope)})


def enter(tx: Connection, clients: Iterable[UUID] | None) -> None:
    """Hold the rest of a transaction to these clients; None: every client."""
    state = _state(tx)
    assert state is not None
    state.scope = EVERY_CLIENT if clients is None else Scope(frozenset(clients))


@contextmanager
def every_client(tx: Connection) -> Iterator[None]:
    """Let a block look at every client, because a rule of the agency does.

    What it finds of other clients must not be shown.
    """
    state = _state(tx)
    if state is None or state.scope.clients is None:
        yield
        return
    before, state.scope = state.scope, EVERY_CLIENT
    try:
        yield
    finally:
        state.scope = before


def scope_of(tx: Connection) -> Scope:
    """The scope of a transaction."""
    state = _state(tx)
    return state.scope if state else EVERY_CLIENT


def covers(tx: Connection, clients: Iterable[UUID | None]) -> bool:
    """Whether the scope of a transaction covers these clients; None means every client."""
    state = _state(tx)
    if state is None or state.scope.clients is None:
        return True
    return state.scope.clients.issuperset(clients)


def covers_all(tx: Connection | Scoped) -> bool:
    """Whether a transaction may touch everything: then no statement needs a look."""
    state = _state(tx)
    return state is None or state.scope.clients is None


def is_held(tx: Connection) -> bool:
    """Whether row-level security holds the role that this transaction runs as."""
    state = _state(tx)
    return state is not None and state.is_held


def check(tx: Connection | Scoped, statement: str, given: Iterable[Mapping[str, Any]]) -> None:
    """NoScopeError when a statement touches what the scope does not cover."""
    state = _state(tx)
    if state is None or state.scope.clients is None:
        return
    if not state.scope.is_known:
        # Logins are logged before anybody's scope is known.
        touched = () if statement.startswith("INSERT INTO event ") else owned_in(statement)
        if touched:
            raise NoScopeError(
                f"this transaction has no scope yet, and {', '.join(touched)} needs one"
            )
        return
    if any(_is_foreign(state.scope, values) for values in given) and owned_in(statement):
        raise NoScopeError("a statement names a client out of the scope of its transaction")


def must_tell(tx: Connection | Scoped) -> bool:
    """Whether PostgreSQL must be told the scope before the next statement."""
    state = _state(tx)
    return state is not None and state.is_held and state.scope.setting != state.told


def tell(tx: Connection | Scoped, cursor: Any) -> None:
    """Tell PostgreSQL the scope where it must be, on a cursor that takes the text as it is."""
    state = _state(tx)
    if state is None or not must_tell(tx):
        return
    cursor.execute(TELL, [state.scope.setting], prepare=True)
    if isinstance(tx, Connection):
        state.told = state.scope.setting


def tell_now(tx: Connection) -> None:
    """Tell PostgreSQL the scope, with the beginning of the transaction if that was not sent yet."""
    if not must_tell(tx):
        return
    server: Any = tx.connection.driver_connection
    with server.pipeline():
        tell(tx, raw_cursor(tx))


def raw_cursor(tx: Connection | Scoped) -> Any:
    """A cursor of PostgreSQL's driver that takes a statement's text as it is."""
    # SQLAlchemy has loaded the driver: SQLite's users never do.
    driver: Any = tx.dialect.dbapi
    return driver.RawCursor(tx.connection.driver_connection)


def listen(engine: Engine) -> None:
    """Check each statement of an engine, and tell the scope before it."""

    def before(tx: Connection, *told: Any) -> None:
        _cursor, statement, _given, context, _many = told
        state = _state(tx)
        if state is None:
            return
        if state.scope.clients is not None:
            check(tx, statement, getattr(context, "compiled_parameters", None) or ())
        if state.is_held:
            tell_now(tx)

    event.listen(engine, "before_cursor_execute", before)
    if engine.dialect.name == "postgresql":
        event.listen(engine, "connect", _note_role)


def _note_role(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    try:
        cursor.execute(IS_HELD)
        row: Any = cursor.fetchone()
        entry.info[_HELD] = bool(row and row[0])
    finally:
        cursor.close()
        connection.rollback()


def _state(tx: Connection | Scoped) -> State | None:
    if not isinstance(tx, Connection):
        return tx.scope
    found: State | None = tx.get_execution_options().get(_STATE)
    return found


def _is_foreign(scope: Scope, values: Mapping[str, Any]) -> bool:
    """Whether one of the values of a statement is a client out of scope."""
    assert scope.clients is not None
    for name, value in values.items():
        if value is None or not _CLIENT.fullmatch(name):
            continue
        named = value if isinstance(value, (list, tuple, set, frozenset)) else (value,)
        if any(isinstance(one, UUID) and one not in scope.clients for one in named):
            return True
    return False


@cache
def owned_tables() -> frozenset[str]:
    """The tables whose rows belong to clients."""
    with_client = {name for name, table in TABLES.items() if "client_id" in table.c}
    return frozenset(with_client | set(BY_ID))


@lru_cache(maxsize=256)
def owned_in(statement: str) -> tuple[str, ...]:
    """The tables of clients' rows that a statement names, less those that every scope may read."""
    words = set(_WORD.findall(statement))
    return tuple(sorted((words & owned_tables()) - NEEDED_BEFORE))
