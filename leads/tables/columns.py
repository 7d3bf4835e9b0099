"""Column shapes that many tables share."""

from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

#: A JSON document; binary on PostgreSQL.
JsonType = JSON().with_variant(JSONB(), "postgresql")


def json_field(**options: Any) -> Any:
    """A column that holds a JSON document."""
    return Field(sa_type=JsonType, **options)


def owned(column: str, target: str) -> ForeignKeyConstraint:
    """A reference to a row of the same client: `(client_id, column)` to `target (client_id, id)`."""
    return ForeignKeyConstraint(["client_id", column], [f"{target}.client_id", f"{target}.id"])


def index_of_given(name: str, column: str, *more: str) -> Index:
    """An index of a column that is empty in most rows, and of more columns; those rows are left
    out.
    """
    return index_where(name, column, *more, where=f"{column} IS NOT NULL")


def index_where(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of the rows that a condition holds for."""
    return Index(
        name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where)
    )
