"""Which SQL type stores which Python type."""

from __future__ import annotations

import types
import typing
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Boolean,
    Date,
    DateTime,
    Dialect,
    Float,
    Integer,
    Interval,
    LargeBinary,
    String,
    TypeDecorator,
    Uuid,
)
from sqlalchemy.types import TypeEngine


class UTCDateTime(TypeDecorator[datetime]):
    """Stores times that name their zone, and returns them in UTC."""

    impl = DateTime
    cache_ok = True

    def __init__(self) -> None:
        """Keep the zone where the database can."""
        super().__init__(timezone=True)

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:  # noqa: ARG002
        """The type of what a time is compared with or added to."""
        return Interval() if isinstance(value, timedelta) else self

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> datetime | None:
        """To UTC; ValueError for a time without a zone."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(
                f"{value} has no time zone: use leads.clock.now() or an aware datetime"
            )
        return value.astimezone(UTC)

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> datetime | None:
        """In UTC; SQLite stores no zone, so what it returns is UTC already."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.utcoffset() is None else value.astimezone(UTC)


class _BinaryJson(TypeDecorator[Any]):
    """PostgreSQL's `jsonb`."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The type itself."""
        # Importing PostgreSQL's types takes a fifth of a second: SQLite's users do not pay it.
        from sqlalchemy.dialects.postgresql import JSONB

        return dialect.type_descriptor(JSONB())


#: A JSON document; binary on PostgreSQL.
Json = JSON().with_variant(_BinaryJson(), "postgresql")

_TYPES: dict[object, TypeEngine[Any]] = {
    UUID: Uuid(),
    bool: Boolean(),
    bytes: LargeBinary(),
    date: Date(),
    datetime: UTCDateTime(),
    dict: Json,
    float: Float(),
    int: Integer(),
    list: Json,
    str: String(),
    typing.Any: Json,
}


def sql_type(python_type: Any) -> tuple[TypeEngine[Any], bool]:
    """The SQL type of a Python type, and whether it may be NULL."""
    optional = isinstance(python_type, types.UnionType)
    parts = typing.get_args(python_type) if optional else (python_type,)
    (stored,) = [part for part in parts if part is not types.NoneType]
    return _TYPES[typing.get_origin(stored) or stored], optional
