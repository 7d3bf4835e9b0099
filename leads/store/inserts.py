"""Inserts that skip rows which exist already."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from leads.store.engine import Tx


def insert_or_skip(tx: Tx, table: Table) -> Any:
    """An INSERT that skips rows whose key is taken."""
    dialect = postgresql if tx.dialect.name == "postgresql" else sqlite
    return dialect.insert(table).on_conflict_do_nothing()
