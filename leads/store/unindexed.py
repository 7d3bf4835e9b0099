"""Compare a column without the use of its indexes."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import ColumnElement, func

_Of = TypeVar("_Of")


def unindexed(column: ColumnElement[_Of]) -> ColumnElement[_Of]:
    """The column as an expression, which no index serves.

    Without this SQLite may take the index of a client or a campaign, and read all its rows to find
    those of a few companies.
    """
    found: ColumnElement[_Of] = func.coalesce(column, column)
    return found
