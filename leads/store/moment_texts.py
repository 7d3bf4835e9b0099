"""Moments and ids as texts, which cost less to read in bulk than objects and compare the same."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, String, cast, func, type_coerce

from leads.store.engine import Tx


def id_text(tx: Tx, column: ColumnElement[Any]) -> ColumnElement[str]:
    """An id as text; SQLite stores it as one."""
    return type_coerce(column, String) if tx.dialect.name == "sqlite" else cast(column, String)


def same_id(tx: Tx, one: UUID) -> str:
    """The text that `id_text` reads for an id."""
    return one.hex if tx.dialect.name == "sqlite" else str(one)


def moment_text(tx: Tx, column: ColumnElement[Any]) -> ColumnElement[str]:
    """A moment as ISO text in UTC; SQLite stores it as one."""
    if tx.dialect.name == "sqlite":
        return type_coerce(column, String)
    return func.to_char(func.timezone("UTC", column), 'YYYY-MM-DD"T"HH24:MI:SS.US')


def same_text(tx: Tx, at: datetime) -> str:
    """The text that `moment_text` reads for a moment."""
    between = " " if tx.dialect.name == "sqlite" else "T"
    return at.astimezone(UTC).strftime(f"%Y-%m-%d{between}%H:%M:%S.%f")
