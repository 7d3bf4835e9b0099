"""The columns of questions to sources and of spending."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column

from leads.store.columns.base import Columns


class SourceQuestionColumns(Columns):
    """Columns of `source_question`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID | None]
    source: Column[str]
    country: Column[str]
    attributes: Column[list[str]]
    state: Column[str]
    budget_id: Column[UUID | None]
    task_id: Column[UUID | None]
    attempt: Column[int] = Column(default=0)
    price_micros: Column[int] = Column(BigInteger)
    charged_micros: Column[int] = Column(BigInteger, default=0)
    currency: Column[str]
    outcome: Column[str | None]
    reason: Column[str] = Column(default="")
    found: Column[list[str]]
    answer: Column[list[Any] | None]
    reserved_at: Column[datetime]
    sent_at: Column[datetime | None]
    settled_at: Column[datetime | None]
    fresh_until: Column[datetime | None]


class SourceQuestionKeyColumns(Columns):
    """Columns of `source_question_key`."""

    source: Column[str] = Column(primary_key=True)
    holder: Column[str] = Column(primary_key=True)
    key: Column[str] = Column(primary_key=True)
    question_id: Column[UUID]


class SourceTurnColumns(Columns):
    """Columns of `source_turn`."""

    id: Column[UUID] = Column(primary_key=True)
    source: Column[str]
    taken_at: Column[datetime]
    done_at: Column[datetime | None]
    counts_until: Column[datetime]


class SourceRestColumns(Columns):
    """Columns of `source_rest`."""

    source: Column[str] = Column(primary_key=True)
    until: Column[datetime]
    reason: Column[str]


class SpendingBudgetColumns(Columns):
    """Columns of `spending_budget`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    campaign_id: Column[UUID]
    automatic: Column[bool]
    micros: Column[int] = Column(BigInteger)
    company_micros: Column[int | None] = Column(BigInteger)
    currency: Column[str]
    by: Column[str]
    begun_at: Column[datetime]
    ended_at: Column[datetime | None]


class SpendingCapColumns(Columns):
    """Columns of `spending_cap`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    campaign_id: Column[UUID | None]
    list_id: Column[UUID | None]
    period: Column[str]
    micros: Column[int] = Column(BigInteger)
    currency: Column[str]
    by: Column[str]
    at: Column[datetime]


class SpendingLineColumns(Columns):
    """Columns of `spending_line`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    question_id: Column[UUID]
    campaign_id: Column[UUID | None]
    budget_id: Column[UUID | None]
    company_id: Column[UUID | None]
    list_id: Column[UUID | None]
    why: Column[str]
    micros: Column[int] = Column(BigInteger)
    currency: Column[str]
    budget_micros: Column[int | None] = Column(BigInteger)
    at: Column[datetime]
