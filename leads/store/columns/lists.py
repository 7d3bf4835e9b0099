"""The columns of lists, imports and records."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column

from leads.store.columns.base import Columns


class RawListColumns(Columns):
    """Columns of `list`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    name: Column[str]
    role: Column[str] = Column(default="prospects")
    vendor: Column[str | None]
    cost_minor: Column[int | None] = Column(BigInteger)
    cost_currency: Column[str | None]
    as_of: Column[date | None]
    shareable: Column[bool] = Column(default=False)
    created_at: Column[datetime]


class ImportColumns(Columns):
    """Columns of `import`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    list_id: Column[UUID]
    file_name: Column[str]
    file_sha256: Column[str]
    counts: Column[dict[str, Any]]
    columns: Column[dict[str, Any]]
    at: Column[datetime]
    undone_at: Column[datetime | None]


class RecordColumns(Columns):
    """Columns of `record`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    list_id: Column[UUID]
    import_id: Column[UUID]
    row: Column[int]
    line: Column[int]
    row_key: Column[str]
    content_hash: Column[str]
    match_key: Column[str]
    name: Column[str]
    role: Column[str | None]
    raw: Column[Any]
    company_id: Column[UUID | None]
    ended_at: Column[datetime | None]
    ended_by: Column[UUID | None]
    end_noticed: Column[bool] = Column(default=False)


class ColumnMapColumns(Columns):
    """Columns of `column_map`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    fingerprint: Column[str]
    columns: Column[dict[str, Any]]
    at: Column[datetime]
