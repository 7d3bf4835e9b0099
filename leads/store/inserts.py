"""Inserts for rows that may exist already."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from sqlalchemy import Table

from leads.store.engine import Tx


def insert_or_skip(tx: Tx, table: Table) -> Any:
    """An INSERT that skips rows whose key is taken."""
    return _insert(tx, table).on_conflict_do_nothing()


def insert_or_update(tx: Tx, table: Table, key: str, changed: str) -> Any:
    """An INSERT that updates the column `changed` of rows whose key is taken."""
    added = _insert(tx, table)
    return added.on_conflict_do_update(
        index_elements=[key], set_={changed: added.excluded[changed]}
    )


def _insert(tx: Tx, table: Table) -> Any:
    # Loading the dialect of the other database would take longer than the insert.
    return import_module(f"sqlalchemy.dialects.{tx.dialect.name}").insert(table)
