"""The columns of imports of outcomes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column

from leads.store.columns.base import Columns


class OutcomeImportColumns(Columns):
    """Columns of `outcome_import`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    campaign_id: Column[UUID]
    source: Column[str]
    file: Column[str]
    by: Column[str]
    at: Column[datetime]
    undone_at: Column[datetime | None]


class OutcomeEffectColumns(Columns):
    """Columns of `outcome_effect`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    import_id: Column[UUID]
    company_id: Column[UUID | None]
    signal_id: Column[UUID | None]
    suppression_id: Column[UUID | None]
    key_hash: Column[str | None]
    level: Column[str | None]
    event: Column[str | None]
    before: Column[dict[str, Any]]
    after: Column[str] = Column(default="")
