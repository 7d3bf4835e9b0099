"""The columns of the signals."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column

from leads.store.columns.base import Columns


class SignalColumns(Columns):
    """Columns of `signal`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    company_id: Column[UUID]
    contact_id: Column[UUID | None]
    campaign_id: Column[UUID | None]
    kind: Column[str]
    channel: Column[str] = Column(default="unknown")
    source: Column[str]
    external_id: Column[str]
    happened_at: Column[datetime]
    heard_at: Column[datetime]
    value_minor: Column[int | None] = Column(BigInteger)
    value_currency: Column[str | None]
    by: Column[str]
    link: Column[str | None]
    agent: Column[str | None]
    machine: Column[bool | None]
    retracts: Column[UUID | None]
