"""The columns of audits."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column

from leads.store.columns.base import Columns


class FactAuditColumns(Columns):
    """Columns of `fact_audit`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    attribute: Column[str]
    source: Column[str] = Column(default="")
    list: Column[str] = Column(default="")
    wanted: Column[int]
    frame: Column[int]
    strata: Column[int]
    seed: Column[int] = Column(BigInteger)
    by: Column[str]
    at: Column[datetime]


class FactAuditItemColumns(Columns):
    """Columns of `fact_audit_item`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    audit_id: Column[UUID]
    number: Column[int]
    fact_id: Column[UUID]
    company_id: Column[UUID]
    source: Column[str]


class FactJudgementColumns(Columns):
    """Columns of `fact_judgement`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    item_id: Column[UUID]
    said: Column[str]
    takes_back: Column[UUID | None]
    by: Column[str]
    at: Column[datetime]
