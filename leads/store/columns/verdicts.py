"""The columns of verdicts and relationships."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column

from leads.store.columns.base import Columns


class VerdictColumns(Columns):
    """Columns of `verdict`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    campaign_id: Column[UUID]
    company_id: Column[UUID]
    icp_version_id: Column[UUID]
    verdict: Column[str]
    fit_stage: Column[str]
    score_worst: Column[int]
    score_best: Column[int]
    asks: Column[bool] = Column(default=False)
    why_not: Column[str] = Column(default="")
    answers: Column[list[Any]]
    decides: Column[list[Any]]
    waits_for: Column[list[Any]]
    fact_ids: Column[list[Any]]
    today: Column[date]
    versions: Column[dict[str, Any]]
    basis: Column[str | None]
    lasts_until: Column[date | None]
    rolled_up: Column[dict[str, Any] | None]
    decided_at: Column[datetime]
    superseded_at: Column[datetime | None]


class RelationshipColumns(Columns):
    """Columns of `relationship`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    campaign_id: Column[UUID]
    company_id: Column[UUID]
    state: Column[str]
    reason: Column[str] = Column(default="")
    since: Column[datetime]
    reopens_at: Column[datetime | None]
    promised_by: Column[str | None]
    shared_at: Column[datetime | None]
