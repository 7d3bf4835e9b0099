"""Ids as text: a report reads several for each company, and making ids of them costs more than all
the rest.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, String, cast, func, literal_column

#: An id as 32 hexadecimal digits.
Key = str


def key(column: ColumnElement[UUID] | ColumnElement[UUID | None]) -> ColumnElement[str]:
    """A column of ids as keys, on either database."""
    # PostgreSQL writes dashes.
    return func.replace(
        cast(column, String), literal_column("'-'"), literal_column("''"), type_=String
    )
