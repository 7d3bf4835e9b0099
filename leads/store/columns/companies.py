"""The columns of companies, their links, what people decided, and what they must decide."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column

from leads.store.columns.base import Columns


class CompanyColumns(Columns):
    """Columns of `company`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    kind: Column[str] = Column(default="legal_entity")
    name: Column[str]
    reason: Column[str] = Column(default="")
    merged_into: Column[UUID | None]
    gone_at: Column[datetime | None]
    created_at: Column[datetime]


class CompanyLinkColumns(Columns):
    """Columns of `company_link`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    company_id: Column[UUID]
    of_id: Column[UUID]
    kind: Column[str]
    by: Column[str | None]
    denied_at: Column[datetime | None]
    reason: Column[str] = Column(default="")
    created_at: Column[datetime]


class JudgementColumns(Columns):
    """Columns of `judgement`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    left_key: Column[str]
    right_key: Column[str]
    decision: Column[str]
    by: Column[str]
    reason: Column[str] = Column(default="")
    at: Column[datetime]


class ReviewPairColumns(Columns):
    """Columns of `review_pair`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    left_id: Column[UUID]
    right_id: Column[UUID]
    kind: Column[str]
    together: Column[bool]
    odds: Column[float]
    reasons_for: Column[list[str]]
    reasons_against: Column[list[str]]
    disagreement: Column[str] = Column(default="")
    found_at: Column[datetime]


class UnsurePairColumns(Columns):
    """Columns of `unsure_pair`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    left_key: Column[str]
    right_key: Column[str]
    by: Column[str]
    at: Column[datetime]


class MatchModelColumns(Columns):
    """Columns of `match_model`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    version: Column[int]
    content: Column[str]
    by: Column[str]
    at: Column[datetime]
    used_at: Column[datetime | None]
    ended_at: Column[datetime | None]
