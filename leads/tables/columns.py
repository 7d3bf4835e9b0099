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
    given = text(f"{column} IS NOT NULL")
    return Index(name, column, *more, sqlite_where=given, postgresql_where=given)
