"""The columns of the exports."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column

from leads.store.columns.base import Columns


class ExportColumns(Columns):
    """Columns of `export`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    campaign_id: Column[UUID]
    profile: Column[str]
    profile_version: Column[int]
    kind: Column[str]
    file: Column[str]
    by: Column[str]
    rows: Column[int] = Column(default=0)
    started_at: Column[datetime]
    finished_at: Column[datetime | None]


class ExportRowColumns(Columns):
    """Columns of `export_row`."""

    export_id: Column[UUID] = Column(primary_key=True)
    company_id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    row_hash: Column[str]
