"""Inserts of many rows at once, and of rows that may exist already."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from operator import itemgetter
from typing import Any

from sqlalchemy import Select, Table, insert

from leads.store.bulk_inserts import insert_rows
from leads.store.engine import Tx, chunks

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
    if tx.dialect.name == "postgresql" and len(rows) >= _COPIED:
        pick_all = itemgetter(*names)
        insert_rows(tx, table, names, (pick_all(_made(common, row, own)) for row in rows))
        return

    statement = insert(table).compile(tx.engine, column_keys=names)
    order = statement.positiontup
    for some in chunks(list(rows)):
        made = [_made(common, row, own) for row in some]
        if order is None:
            tx.exec_driver_sql(statement.string, made)
        else:
            pick = itemgetter(*order)
            tx.exec_driver_sql(statement.string, [pick(row) for row in made])


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
    return _insert(tx, table).on_conflict_do_nothing()


def insert_found_or_skip(tx: Tx, table: Table, found: Select[Any]) -> Any:
    """An INSERT of what a SELECT finds, which skips rows whose key is taken."""
    names = [column.name for column in table.columns]
    return _insert(tx, table).from_select(names, found).on_conflict_do_nothing()


def insert_or_update(tx: Tx, table: Table, key: str, *changed: str) -> Any:
    """An INSERT that updates the columns `changed` of rows whose key is taken."""
    added = _insert(tx, table)
    return added.on_conflict_do_update(
        index_elements=[key], set_={name: added.excluded[name] for name in changed}
    )


def _insert(tx: Tx, table: Table) -> Any:
    # Loading the dialect of the other database would take longer than the insert.
    return import_module(f"sqlalchemy.dialects.{tx.dialect.name}").insert(table)
