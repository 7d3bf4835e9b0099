"""Run statements on the cursor of the database's driver: SQLAlchemy's own way takes longer than a
short statement does.

SQLAlchemy writes each statement once, and says what a driver wants for each value. A value is one
value: a list that becomes several (`IN`) is not understood here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, TypeAlias

from sqlalchemy import Dialect, Insert, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.dml import ReturningUpdate
from sqlalchemy.types import TypeEngine

from leads.store import scope
from leads.store.engine import Tx

Statement: TypeAlias = Select[*tuple[Any, ...]] | ReturningUpdate[Any] | Insert
Row: TypeAlias = Sequence[Any]
_Turn: TypeAlias = Callable[[Any], Any]

#: How each driver wants the places of values marked.
_MARKS = {"sqlite": "named", "postgresql": "numeric_dollar"}


@dataclass(frozen=True, slots=True)
class _Written:
    """A statement as a driver takes it."""

    text: str
    #: The names of its values, each with what makes the driver's value.
    values: tuple[tuple[str, _Turn | None], ...]
    #: Whether the driver wants the values in order; else by name.
    in_order: bool
    #: Values that belong to the statement.
    fixed: Mapping[str, Any]
    #: What makes Python's value, for the columns that need it.
    columns: tuple[tuple[int, _Turn], ...]

    def given(self, values: Mapping[str, Any]) -> Any:
        every = {**self.fixed, **values}
        if self.in_order:
            return [turn(every[name]) if turn else every[name] for name, turn in self.values]
        return {name: turn(every[name]) if turn else every[name] for name, turn in self.values}

    def found(self, row: Row) -> Row:
        if not self.columns:
            return row
        values = list(row)
        for place, turn in self.columns:
            values[place] = turn(values[place])
        return values


def run(tx: Tx, statement: Statement, given: Mapping[str, Any]) -> list[Row]:
    """The rows that a statement finds."""
    written = _written(statement, tx.dialect.name)
    scope.check(tx, written.text, [{**written.fixed, **given}])
    with _errors(tx):
        scope.tell_now(tx)
        rows = _cursor(tx).execute(written.text, written.given(given)).fetchall()
    return [written.found(row) for row in rows]


def run_together(
    tx: Tx, statements: Sequence[tuple[Statement, Mapping[str, Any]]]
) -> list[list[Row]]:
    """The rows that each statement finds; a server gets all of them with the beginning of the
    transaction, in one way there and back.
    """
    if tx.dialect.name != "postgresql":
        return [run(tx, statement, given) for statement, given in statements]

    sent = []
    server: Any = tx.connection.driver_connection
    with _errors(tx):
        with server.pipeline():
            scope.tell(tx, _cursor(tx))
            for statement, given in statements:
                written = _written(statement, "postgresql")
                scope.check(tx, written.text, [{**written.fixed, **given}])
                cursor = _cursor(tx)
                # Prepared from the start: what is run here is run often.
                cursor.execute(written.text, written.given(given), prepare=True)
                sent.append((written, cursor))
        return [[written.found(row) for row in cursor.fetchall()] for written, cursor in sent]


def add(tx: Tx, statement: Insert, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows; each names every column of its table."""
    written = _written(statement, tx.dialect.name)
    scope.check(tx, written.text, rows)
    with _errors(tx):
        scope.tell_now(tx)
        _cursor(tx).executemany(written.text, [written.given(row) for row in rows])


@contextmanager
def _errors(tx: Tx) -> Iterator[None]:
    """Let errors of the driver look like those of SQLAlchemy."""
    assert tx.dialect.dbapi is not None
    try:
        yield
    except tx.dialect.dbapi.Error as error:
        lost = tx.dialect.is_disconnect(error, tx.connection.driver_connection, None)
        if lost:
            tx.invalidate()
        raise DBAPIError(None, None, error, connection_invalidated=lost) from error


def _cursor(tx: Tx) -> Any:
    connection: Any = tx.connection.driver_connection
    if tx.dialect.name == "sqlite":
        return connection.cursor()

    # Imported late: SQLite has no need of it. This cursor takes the text as it is.
    from psycopg import RawCursor

    return RawCursor(connection)


@lru_cache(maxsize=256)
def _written(statement: Statement, database: str) -> _Written:
    dialect = _dialect(database)
    compiled = statement.compile(dialect=dialect)
    names = compiled.positiontup or list(compiled.params)
    values = tuple((name, _for_driver(compiled.binds[name].type, dialect)) for name in names)
    columns = enumerate(_from_driver(one.type, dialect) for one in statement.exported_columns)
    return _Written(
        text=str(compiled),
        values=values,
        in_order=compiled.positiontup is not None,
        fixed=compiled.params,
        columns=tuple((place, turn) for place, turn in columns if turn),
    )


@cache
def _dialect(database: str) -> Dialect:
    from sqlalchemy.dialects import registry

    driver = {"sqlite": "sqlite.pysqlite", "postgresql": "postgresql.psycopg"}[database]
    made: Dialect = registry.load(driver)(paramstyle=_MARKS[database])
    return made


def _for_driver(type_: TypeEngine[Any], dialect: Dialect) -> _Turn | None:
    return type_.dialect_impl(dialect).bind_processor(dialect)


def _from_driver(type_: TypeEngine[Any], dialect: Dialect) -> _Turn | None:
    return type_.dialect_impl(dialect).result_processor(dialect, None)
