"""The columns of what users did at their desk."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column

from leads.store.columns.base import Columns


class DeskActionColumns(Columns):
    """Columns of `desk_action`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    campaign_id: Column[UUID]
    company_id: Column[UUID]
    queue_entry_id: Column[UUID | None]
    user: Column[str]
    verb: Column[str]
    text: Column[str] = Column(default="")
    at: Column[datetime]
    disposition_id: Column[UUID | None]
    suppression_id: Column[UUID | None]
    before: Column[dict[str, Any]]
    undone_at: Column[datetime | None]
    undone_why: Column[str] = Column(default="")


class DispositionFileColumns(Columns):
    """Columns of `disposition_file`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    version: Column[int]
    content: Column[str]
    content_hash: Column[str]
    by: Column[str]
    at: Column[datetime]


class FactDoubtColumns(Columns):
    """Columns of `fact_doubt`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    company_id: Column[UUID]
    disposition_id: Column[UUID]
    fact_id: Column[UUID]
    attribute: Column[str]
    source: Column[str]
    kind: Column[str]
    by: Column[str]
    at: Column[datetime]
    undone_at: Column[datetime | None]
