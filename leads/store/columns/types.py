"""Which SQL type stores which Python type."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, SafeUUID

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

_read_iso = datetime.fromisoformat
#: How much of a time as text stands before its zone.
_TO_ZONE = len("2026-01-31 12:00:00.000000")


def _utc(text: str | None) -> datetime | None:
    return None if text is None else _read_iso(f"{text}+00:00")


def _utc_text(moment: datetime | None) -> str | None:
    return None if moment is None else in_utc(moment).isoformat(" ", "microseconds")[:_TO_ZONE]


def in_utc(moment: datetime) -> datetime:
    """The same moment in UTC; ValueError for a time without a zone."""
    if moment.tzinfo is UTC:
        return moment
    if moment.utcoffset() is None:
        raise ValueError(f"{moment} has no time zone: use leads.clock.now() or an aware datetime")
    return moment.astimezone(UTC)


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
        return None if value is None else in_utc(value)

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any] | None:
        """Writes SQLite's text at once: SQLAlchemy's own way takes longer than to store it."""
        return _utc_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> datetime | None:
        """In UTC; a time without a zone is UTC already."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.utcoffset() is None else value.astimezone(UTC)

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], datetime | None] | None:
        """Reads SQLite's text at once, which has no zone and is UTC: reports read a million."""
        if dialect.name != "sqlite":
            return super().result_processor(dialect, coltype)
        return _utc


def _id(text: str | None) -> UUID | None:
    if text is None:
        return None
    if len(text) != _DIGITS:
        return UUID(text)
    # What `UUID(text)` does besides takes longer, and is about texts that people wrote.
    made = _unmade(UUID)
    _set(made, "int", int(text, 16))
    _set(made, "is_safe", _UNKNOWN)
    return made


#: Hexadecimal digits of an id as SQLite stores it.
_DIGITS = 32
_unmade, _set, _UNKNOWN = object.__new__, object.__setattr__, SafeUUID.unknown


class _Id(Uuid[UUID]):
    """Ids; SQLite's text is read at once, of which some commands read millions."""

    cache_ok = True

    def result_processor(
        self,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy gives it
        coltype: object,  # noqa: ARG002 - SQLAlchemy gives it
    ) -> Callable[[Any], UUID | None] | None:
        """Reads what SQLite stores; PostgreSQL has a type of its own in place of this one."""
        return _id


class _BinaryJson(TypeDecorator[Any]):
    """PostgreSQL's `jsonb`."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The type itself."""
        # PostgreSQL's dialect names its types; an import of them would cost SQLite's users a fifth
        # of a second.
        postgresql: Any = dialect
        return dialect.type_descriptor(postgresql.ischema_names["jsonb"]())


#: A JSON document; binary on PostgreSQL.
Json = JSON().with_variant(_BinaryJson(), "postgresql")

_TYPES: dict[object, TypeEngine[Any]] = {
    UUID: _Id(),
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
