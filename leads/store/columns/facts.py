"""The columns of facts and their retractions."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column

from leads.store.columns.base import Columns


class FactColumns(Columns):
    """Columns of `fact`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID | None]
    record_id: Column[UUID | None]
    site: Column[str | None]
    register_entry: Column[str | None]
    company_id: Column[UUID | None]
    attribute: Column[str]
    value: Column[Any]
    source: Column[str]
    method: Column[str]
    observed_at: Column[datetime]
    as_of: Column[date | None]
    url: Column[str | None]
    quote: Column[str] = Column(default="")
    confidence: Column[float] = Column(default=0.8)
    scope: Column[str] = Column(default="company")
    licence: Column[str | None]
    cost_micros: Column[int | None] = Column(BigInteger)
    cost_currency: Column[str | None]


class RetractionColumns(Columns):
    """Columns of `retraction`."""

    fact_id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID | None]
    reason: Column[str]
    at: Column[datetime]
