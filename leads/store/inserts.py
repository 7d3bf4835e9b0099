"""Inserts of many rows at once, and of rows that may exist already."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from itertools import islice
from operator import itemgetter
from typing import Any

from sqlalchemy import Select, Table, insert

from leads.store.bulk_inserts import insert_rows
from leads.store.engine import CHUNK, Tx

#: So many rows are copied faster than they are inserted, on PostgreSQL.
_COPIED = 200
#: Makes a value ready for the driver.
Maker = Callable[[Any], Any]


def insert_many(
    tx: Tx, table: Table, shared: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert rows that share some values, in their order.

    The shared values are made ready for the driver once: with each row they would cost more than
    the insert.
    """
    if not rows:
        return
    names = [*shared, *rows[0]]
    makers = {
        name: maker
        for name in names
        if (maker := table.c[name].type.dialect_impl(tx.dialect).bind_processor(tx.dialect))
    }
    common = {name: _ready(makers.get(name), value) for name, value in shared.items()}
    own = [(name, maker) for name, maker in makers.items() if name not in shared]
    made = (_made(common, row, own) for row in rows)
    if tx.dialect.name == "postgresql" and len(rows) >= _COPIED:
        insert_rows(tx, table, names, map(itemgetter(*names), made))
    else:
        _send(tx, table, names, made)


def _send(tx: Tx, table: Table, names: Sequence[str], made: Iterator[dict[str, Any]]) -> None:
    statement = insert(table).compile(tx.engine, column_keys=names)
    order = statement.positiontup
    while some := list(islice(made, CHUNK)):
        if order is None:
            tx.exec_driver_sql(statement.string, some)
        else:
            pick = itemgetter(*order)
            tx.exec_driver_sql(statement.string, [pick(row) for row in some])


def _ready(maker: Maker | None, value: Any) -> Any:
    return value if maker is None else maker(value)


def _made(
    common: Mapping[str, Any], row: Mapping[str, Any], own: Sequence[tuple[str, Maker]]
) -> dict[str, Any]:
    """A row as the driver takes it."""
    made = {**common, **row}
    for name, maker in own:
        made[name] = maker(made[name])
    return made


def insert_or_skip(tx: Tx, table: Table) -> Any:
    """An INSERT that skips rows whose key is taken."""
    return _insert_of(tx, table).on_conflict_do_nothing()


def insert_found_or_skip(tx: Tx, table: Table, found: Select[Any]) -> Any:
    """An INSERT of what a SELECT finds, which skips rows whose key is taken."""
    names = [column.name for column in table.columns]
    return _insert_of(tx, table).from_select(names, found).on_conflict_do_nothing()


def insert_or_update(tx: Tx, table: Table, key: str, *changed: str) -> Any:
    """An INSERT that updates the columns `changed` of rows whose key is taken."""
    added = _insert_of(tx, table)
    return added.on_conflict_do_update(
        index_elements=[key], set_={name: added.excluded[name] for name in changed}
    )


def _insert_of(tx: Tx, table: Table) -> Any:
    # Loading the dialect of the other database would take longer than the insert.
    return import_module(f"sqlalchemy.dialects.{tx.dialect.name}").insert(table)
