"""Inserts that skip rows which exist already."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from sqlalchemy import Table

from leads.store.engine import Tx


def insert_or_skip(tx: Tx, table: Table) -> Any:
    """An INSERT that skips rows whose key is taken."""
    # Loading the other database's dialect would take longer than the insert.
    dialect = import_module(f"sqlalchemy.dialects.{tx.dialect.name}")
    return dialect.insert(table).on_conflict_do_nothing()
