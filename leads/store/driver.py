"""Run statements on the cursor of the database's driver: SQLAlchemy's own way takes longer than a
short statement does.

SQLAlchemy writes each statement once, for each length of its lists, and says what a driver wants for
each value.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Insert
from sqlalchemy.exc import DBAPIError

from leads.store import scope, snapshot, writing
from leads.store.direct import Direct
from leads.store.engine import CHUNK, Tx, chunks

#: What the pool notes of a connection: what it has prepared.
_PREPARED = "sluice_prepared"
#: Longer lists are filled up to one of a few lengths, as each length is another statement.
_MOST_LISTED = 32
#: Still longer ones go SQLAlchemy's own way: to write and to keep them costs too much.
MOST_FILLED = 1_024
#: Psycopg's number of the format.
_BINARY = 1
#: So many short statements take less than a long one of SQLAlchemy.
_FEW_RUNS = 8


def read(tx: Tx, statement: writing.Question, given: Mapping[str, Any]) -> Sequence[writing.Row]:
    """The rows that a statement finds; a transaction that reads runs it once for these values."""
    lengths = _lengths(statement, tx.dialect.name, given)
    if not snapshot.keeps_answers(tx) or max(lengths, default=0) > _MOST_LISTED:
        return run(tx, statement, given)
    return snapshot.once(tx, _question(statement, given), lambda: run(tx, statement, given))


def _question(statement: writing.Question, given: Mapping[str, Any]) -> Hashable:
    values = ((name, tuple(one) if isinstance(one, list) else one) for name, one in given.items())
    return (statement, *values)


def read_ahead(tx: Tx, statements: Sequence[writing.Question], given: Mapping[str, Any]) -> None:
    """Ask a server in one way there and back what `read` will want with the same values.

    SQLite has no way to save.
    """
    if tx.dialect.name == "sqlite" or not snapshot.keeps_answers(tx):
        return
    every = run_together(tx, [(one, given) for one in statements])
    for one, rows in zip(statements, every, strict=True):
        snapshot.tell(tx, _question(one, given), rows)


def read_named(
    tx: Tx, statement: writing.Question, given: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The same, each row by the names of its columns."""
    names = writing.names(statement)
    return [dict(zip(names, row, strict=True)) for row in read(tx, statement, given)]


def first(tx: Tx, statement: writing.Question, given: Mapping[str, Any]) -> writing.Row | None:
    """The first row that a statement finds."""
    return next(iter(read(tx, statement, given)), None)


def value(tx: Tx, statement: writing.Question, given: Mapping[str, Any]) -> Any:
    """The first value of the first row that a statement finds; None when it finds none."""
    found = first(tx, statement, given)
    return found[0] if found else None


def pairs(tx: Tx, statement: writing.Question, given: Mapping[str, Any]) -> dict[Any, Any]:
    """The two values of each row that a statement finds, the second by the first."""
    return {row[0]: row[1] for row in read(tx, statement, given)}


def in_runs(
    tx: Tx, statement: writing.Statement, given: Mapping[str, Any], name: str, values: list[Any]
) -> Iterator[writing.Row]:
    """The rows that a statement finds for a list of any length, some values at a time."""
    size = _MOST_LISTED if len(values) <= _FEW_RUNS * _MOST_LISTED else CHUNK
    for some in chunks(values, size):
        yield from run(tx, statement, {**given, name: some})


def change(tx: Tx, statement: writing.Change, given: Mapping[str, Any]) -> int:
    """How many rows a statement changed."""
    lengths = _lengths(statement, tx.dialect.name, given)
    if not all(0 < length <= _MOST_LISTED for length in lengths):
        return tx.execute(statement, dict(given)).rowcount
    written = writing.written(statement, tx.dialect.name, lengths)
    return int(_sent(tx, written, given).rowcount)


def run(tx: Tx, statement: writing.Statement, given: Mapping[str, Any]) -> Sequence[writing.Row]:
    """The rows that a statement finds."""
    lengths = _lengths(statement, tx.dialect.name, given)
    if not all(0 < length <= MOST_FILLED for length in lengths):
        return tx.execute(statement, dict(given)).all()
    if max(lengths, default=0) > _MOST_LISTED:
        given = _filled(statement, tx.dialect.name, given)
        lengths = _lengths(statement, tx.dialect.name, given)
    written = writing.written(statement, tx.dialect.name, lengths)
    rows = _rows(tx, written, given)
    return [written.found(row) for row in rows] if written.columns else rows


def _filled(
    statement: writing.Statement, database: str, given: Mapping[str, Any]
) -> dict[str, Any]:
    """The values with each list as long as the next power of two: its last value comes again, which
    makes no difference to what is found.
    """
    filled = dict(given)
    for name in writing.lists(statement, database):
        values = list(given[name])
        more = (1 << (len(values) - 1).bit_length()) - len(values)
        filled[name] = values + values[-1:] * more
    return filled


def stored(
    tx: Tx | Direct, statements: tuple[writing.Statement, ...], given: Mapping[str, Any]
) -> dict[str, Any]:
    """The values of some statements as SQLite's driver takes them: what several want is turned once.

    A transaction may run the statements if it gets these values.
    """
    fixed, turns = _several(statements)
    if not scope.covers_all(tx):
        for one in statements:
            _check(tx, writing.written(one, "sqlite"), given)
    return {**fixed, **given, **{name: turn(given[name]) for name, turn in turns}}


@lru_cache(maxsize=128)
def _several(
    statements: tuple[writing.Statement, ...],
) -> tuple[Mapping[str, Any], tuple[tuple[str, writing.Turn], ...]]:
    """What some statements have of their own, and how the rest of their values is turned."""
    every = [writing.written(one, "sqlite") for one in statements]
    fixed = {name: value for one in every for name, value in one.fixed.items()}
    turns = {name: turn for one in every for name, _, turn in one.values if turn}
    return fixed, tuple((name, turn) for name, turn in turns.items() if name not in fixed)


def run_stored(
    tx: Tx | Direct, statement: writing.Statement, values: Mapping[str, Any]
) -> list[tuple[Any, ...]]:
    """The rows that a statement finds on SQLite, as the driver gives them; it gets `stored` values."""
    with _Errors(tx):
        cursor = _cursor(tx).execute(writing.written(statement, "sqlite").text, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def add_stored(
    tx: Tx | Direct,
    statement: Insert,
    shared: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
) -> None:
    """Insert rows on SQLite: of `stored` values that they share, and of a row's own."""
    with _Errors(tx):
        _cursor(tx).executemany(
            writing.written(statement, "sqlite").text, [{**shared, **row} for row in rows]
        )


def _rows(
    tx: Tx | Direct, written: writing.Written, given: Mapping[str, Any]
) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]]
    cursor = _sent(tx, written, given)
    with _Errors(tx):
        found = cursor.fetchall()
    return found


def _sent(tx: Tx | Direct, written: writing.Written, given: Mapping[str, Any]) -> Any:
    """The cursor on which a statement was run."""
    _check(tx, written, given)
    with _Errors(tx):
        cursor = _cursor(tx)
        if written.binary and tx.dialect.name != "sqlite":
            cursor.format = _BINARY
        if scope.must_tell(tx):
            server: Any = tx.connection.driver_connection
            with server.pipeline():
                scope.tell(tx, _cursor(tx))
                cursor.execute(written.text, written.given(given))
        else:
            cursor.execute(written.text, written.given(given))
    return cursor


def run_together(
    tx: Tx | Direct, statements: Sequence[tuple[writing.Statement, Mapping[str, Any]]]
) -> list[Sequence[writing.Row]]:
    """The rows that each statement finds; a server gets all of them with the beginning of the
    transaction, in one way there and back.
    """
    every = [
        (writing.written(statement, tx.dialect.name), given) for statement, given in statements
    ]
    if tx.dialect.name != "postgresql":
        return [list(map(one.found, _rows(tx, one, given))) for one, given in every]

    for one, given in every:
        _check(tx, one, given)
    with _Errors(tx):
        send = _in_one_way if isinstance(tx, Direct) else _in_pipeline
        found = send(tx, [(one.text, one.given(given)) for one, given in every])
    return [list(map(one.found, rows)) for (one, _), rows in zip(every, found, strict=True)]


def _in_one_way(tx: Any, asked: Sequence[tuple[str, Any]]) -> list[Sequence[writing.Row]]:
    # Imported here: SQLite's users do not load the driver of PostgreSQL.
    from leads.store import one_way

    told = [(scope.TELL, [tx.scope.scope.setting])] if scope.must_tell(tx) else []
    prepared = tx.connection.info.setdefault(_PREPARED, {})
    found: list[Sequence[writing.Row]] = [*one_way.send(tx.driver, prepared, [*told, *asked])]
    return found[len(told) :]


def _in_pipeline(tx: Any, asked: Sequence[tuple[str, Any]]) -> list[Sequence[writing.Row]]:
    sent = []
    with tx.connection.driver_connection.pipeline():
        scope.tell(tx, _cursor(tx))
        for text, values in asked:
            cursor = _cursor(tx)
            # Prepared from the start: what is run here is run often.
            cursor.execute(text, values, prepare=True)
            sent.append(cursor)
    return [one.fetchall() for one in sent]


def add(tx: Tx, statement: Insert, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows; each names every column of its table."""
    written = writing.written(statement, tx.dialect.name)
    scope.check(tx, written.text, rows)
    with _Errors(tx):
        scope.tell_now(tx)
        _cursor(tx).executemany(written.text, [written.given(row) for row in rows])


def _check(tx: Tx | Direct, written: writing.Written, given: Mapping[str, Any]) -> None:
    if not scope.covers_all(tx):
        scope.check(tx, written.text, [{**written.fixed, **given}])


@dataclass(frozen=True, slots=True)
class _Errors:
    """Lets errors of the driver look like those of SQLAlchemy."""

    tx: Tx | Direct

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        dialect = self.tx.dialect
        assert dialect.dbapi is not None
        if not isinstance(error, dialect.dbapi.Error):
            return
        lost = dialect.is_disconnect(error, self.tx.connection.driver_connection, None)
        if lost:
            self.tx.invalidate()
        raise DBAPIError(None, None, error, connection_invalidated=lost) from error


def _cursor(tx: Tx | Direct) -> Any:
    if tx.dialect.name != "sqlite":
        return scope.raw_cursor(tx)
    if isinstance(tx, Direct):
        return tx.cursor()
    file: Any = tx.connection.driver_connection
    return file.cursor()


def _lengths(
    statement: writing.Statement | writing.Change, database: str, given: Mapping[str, Any]
) -> tuple[int, ...]:
    """How long each list is that the statement wants."""
    return tuple(len(given[name]) for name in writing.lists(statement, database))
