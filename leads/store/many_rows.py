"""Many rows in one statement, with the least work for the driver: a value that all rows share is sent
once, and the others as a list for each column. `bulk_inserts` is for millions that come as they are
read.

With a statement for each row PostgreSQL works five times as long, and its driver eight times as long.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import repeat
from json import JSONEncoder
from typing import Any
from uuid import UUID

from sqlalchemy import Dialect, LargeBinary, Table

from leads.store import scope
from leads.store.bulk_inserts import insert_rows
from leads.store.columns.types import Json, in_utc
from leads.store.engine import Tx, chunks

#: The ids of the rows of an UPDATE, as PostgreSQL reads a list of them.
_THESE = "these ids"


@dataclass(frozen=True, slots=True)
class _Columns:
    """Some rows by column: the lists of values, the first column's first, and what all rows share."""

    lists: Mapping[str, Sequence[Any]]
    same: Mapping[str, Any]


def insert_many(
    tx: Tx, table: Table, shared: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert rows that name the same columns and share some values, in their order.

    None in a column of JSON is NULL, and no JSON is shared.
    """
    for some in chunks(list(rows)):
        columns = _columns(tx, table, shared, some)
        lists, same = tuple(columns.lists), tuple(columns.same)
        if tx.dialect.name == "postgresql":
            tx.exec_driver_sql(_insert_lists(tx.dialect, table, lists, same), _sent(table, columns))
        else:
            insert_rows(tx, table, (*lists, *same), _rows(tx, table, columns))


def insert_or_update_many(
    tx: Tx, table: Table, shared: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], key: str
) -> None:
    """Insert rows as `insert_many` does; of those whose `key` is taken, update what they name.

    A key may be named once.
    """
    for some in chunks(list(rows)):
        columns = _columns(tx, table, shared, some)
        lists, same = tuple(columns.lists), tuple(columns.same)
        or_update = _or_update(key, (*lists, *same))
        if tx.dialect.name == "postgresql":
            text = _insert_lists(tx.dialect, table, lists, same)
            tx.exec_driver_sql(text + or_update, _sent(table, columns))
        else:
            text = _insert_row(table, (*lists, *same))
            tx.exec_driver_sql(text + or_update, list(_rows(tx, table, columns)))


@lru_cache(maxsize=64)
def _or_update(key: str, names: tuple[str, ...]) -> str:
    values = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name != key)
    return f' ON CONFLICT ("{key}") DO UPDATE SET {values}'


def update_many(tx: Tx, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Update rows that are there; each names the same columns, its `id` first.

    An id may be named once: of several rows with it, it is not defined which one is stored.
    None in a column of JSON is NULL.
    """
    for some in chunks(list(rows)):
        columns = _columns(tx, table, {}, some)
        lists, same = tuple(columns.lists), tuple(columns.same)
        if tx.dialect.name == "postgresql":
            these = ",".join(one.hex for one in columns.lists["id"])
            given = {**_sent(table, columns), _THESE: f"{{{these}}}"}
            tx.exec_driver_sql(_update_lists(tx.dialect, table, lists, same), given)
        else:
            text = _update_row(table, (*lists, *same))
            # The id comes last in the statement.
            found = [(*values, id_) for id_, *values in _rows(tx, table, columns)]
            tx.exec_driver_sql(text, found)


def _columns(
    tx: Tx, table: Table, shared: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]
) -> _Columns:
    first, last = rows[0], rows[-1]
    lists: dict[str, Sequence[Any]] = {}
    same = dict(shared)
    for name, value in first.items():
        values = [row[name] for row in rows]
        # There is always a list. In JSON, what is equal for Python may differ: 1 and true.
        may_share = lists and table.c[name].type is not Json
        if may_share and value == last[name] and values.count(value) == len(values):
            same[name] = value
        else:
            lists[name] = values
    scope.check(tx, table.name, [{**same, **lists}])
    return _Columns(lists, same)


# SQLite: the values row by row.


def _rows(tx: Tx, table: Table, columns: _Columns) -> Iterator[tuple[Any, ...]]:
    """The rows as the driver takes them."""
    lists = (_ready(tx.dialect, table, name, values) for name, values in columns.lists.items())
    same = (_ready(tx.dialect, table, name, [one]) for name, one in columns.same.items())
    return zip(*lists, *(repeat(one) for (one,) in same), strict=False)


def _ready(dialect: Dialect, table: Table, name: str, values: Sequence[Any]) -> Sequence[Any]:
    kind = table.c[name].type
    # SQLAlchemy's way to the same text takes twice as long.
    turn = _JSON if kind is Json else kind.dialect_impl(dialect).bind_processor(dialect)
    if turn is None:
        return values
    return [None if one is None else turn(one) for one in values]


_JSON = JSONEncoder().encode


@lru_cache(maxsize=64)
def _insert_row(table: Table, names: tuple[str, ...]) -> str:
    values = ", ".join("?" * len(names))
    return f'INSERT INTO "{table.name}" ({_listed(names)}) VALUES ({values})'  # noqa: S608


@lru_cache(maxsize=256)
def _update_row(table: Table, names: tuple[str, ...]) -> str:
    values = ", ".join(f'"{name}" = ?' for name in names if name != "id")
    return f'UPDATE "{table.name}" SET {values} WHERE "id" = ?'  # noqa: S608


# PostgreSQL: all rows at once, each list as one value.


def _sent(table: Table, columns: _Columns) -> dict[str, Any]:
    """The values as the driver takes them: a list is a JSON document, one of bytes an array."""
    given: dict[str, Any] = {
        name: list(values) if _holds_bytes(table, name) else _DOCUMENT(values)
        for name, values in columns.lists.items()
    }
    for name, value in columns.same.items():
        given[name] = in_utc(value) if isinstance(value, datetime) else value
    return given


def _plain(value: object) -> str:
    """What JSON has no word for, as the database reads it."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return in_utc(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a list for the database holds a {type(value).__name__}")


_DOCUMENT = JSONEncoder(
    default=_plain, ensure_ascii=False, check_circular=False, separators=(",", ":")
).encode


@lru_cache(maxsize=256)
def _insert_lists(
    dialect: Dialect, table: Table, lists: tuple[str, ...], same: tuple[str, ...]
) -> str:
    names = (*lists, *same)
    values = ", ".join(_value(dialect, table, name, is_listed=name in lists) for name in names)
    return (
        f'INSERT INTO "{table.name}" ({_listed(names)}) SELECT {values} FROM {_given(table, lists)}'  # noqa: S608
    )


@lru_cache(maxsize=256)
def _update_lists(
    dialect: Dialect, table: Table, lists: tuple[str, ...], same: tuple[str, ...]
) -> str:
    values = ", ".join(
        f'"{name}" = {_value(dialect, table, name, is_listed=name in lists)}'
        for name in (*lists, *same)
        if name != "id"
    )
    id_ = f'"{table.name}"."id"'
    # Named twice: PostgreSQL does not know how few rows are given, and would read the whole table.
    found = f"{id_} = ANY (CAST(%({_THESE})s AS UUID[])) AND {id_} = CAST(given.id AS UUID)"
    return f'UPDATE "{table.name}" SET {values} FROM {_given(table, lists)} WHERE {found}'  # noqa: S608


def _value(dialect: Dialect, table: Table, name: str, *, is_listed: bool) -> str:
    kind = table.c[name].type
    given = f'given."{name}"' if is_listed else f"%({name})s"
    value = f"CAST({given} AS {kind.compile(dialect=dialect)})"
    return f"NULLIF({value}, 'null')" if kind is Json else value


def _given(table: Table, lists: Sequence[str]) -> str:
    listed = ", ".join(_elements(table, name) for name in lists)
    return f"ROWS FROM ({listed}) AS given ({_listed(lists)})"


def _elements(table: Table, name: str) -> str:
    if _holds_bytes(table, name):
        return f"unnest(CAST(%({name})s AS BYTEA[]))"
    elements = "json_array_elements" if table.c[name].type is Json else "json_array_elements_text"
    return f"{elements}(CAST(%({name})s AS JSON))"


def _holds_bytes(table: Table, name: str) -> bool:
    return isinstance(table.c[name].type, LargeBinary)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
