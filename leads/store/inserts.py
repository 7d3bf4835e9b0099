"""Inserts of rows that may exist already."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from sqlalchemy import Select, Table

from leads.store.engine import Tx


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
