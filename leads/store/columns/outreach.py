"""The columns of the queue and the suppressions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column

from leads.store.columns.base import Columns


class QueueEntryColumns(Columns):
    """Columns of `queue_entry`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    campaign_id: Column[UUID]
    company_id: Column[UUID]
    state: Column[str]
    reason: Column[str] = Column(default="")
    score_worst: Column[int] = Column(default=0)
    score_best: Column[int] = Column(default=0)
    rank: Column[int] = Column(default=0)
    fresh: Column[int] = Column(default=0)
    not_before: Column[datetime | None]
    promised_by: Column[str | None]
    shared_at: Column[datetime | None]
    token: Column[int] = Column(default=0)
    attempts: Column[int] = Column(default=0)
    entered_at: Column[datetime]
    calendar: Column[str | None]


class LeaseColumns(Columns):
    """Columns of `lease`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    queue_entry_id: Column[UUID]
    user: Column[str]
    token: Column[int]
    since: Column[datetime]
    until: Column[datetime]
    ended_at: Column[datetime | None]
    ended_by: Column[str | None]


class DispositionColumns(Columns):
    """Columns of `disposition`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    campaign_id: Column[UUID]
    company_id: Column[UUID]
    lease_id: Column[UUID]
    user: Column[str]
    kind: Column[str]
    note: Column[str] = Column(default="")
    at: Column[datetime]
    again_at: Column[datetime | None]
    version: Column[int | None]
    channel: Column[str] = Column(default="phone")
    cell: Column[str | None]
    undone_at: Column[datetime | None]


class SuppressionColumns(Columns):
    """Columns of `suppression`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID | None]
    campaign_id: Column[UUID | None]
    origin_id: Column[UUID | None]
    channel: Column[str | None]
    level: Column[str]
    kind: Column[str]
    key: Column[str | None]
    key_hash: Column[str]
    head: Column[str | None]
    tail: Column[str | None]
    subject: Column[str | None]
    request_id: Column[UUID]
    reason: Column[str] = Column(default="")
    by: Column[str]
    at: Column[datetime]
    until: Column[datetime | None]
    ended_at: Column[datetime | None]


class ContactColumns(Columns):
    """Columns of `contact`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    record_id: Column[UUID | None]
    site: Column[str | None]
    page_url: Column[str | None]
    kind: Column[str]
    role: Column[str]
    name: Column[str | None]
    email: Column[str | None]
    phone: Column[str | None]
    source: Column[str]
    basis: Column[str]
    notice_due_at: Column[datetime | None]
    noticed_at: Column[datetime | None]
    created_at: Column[datetime]


class ConsentColumns(Columns):
    """Columns of `consent`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    channel: Column[str]
    point: Column[str]
    who: Column[str]
    words: Column[str]
    source: Column[str]
    given_at: Column[datetime]
    by: Column[str]
    recorded_at: Column[datetime]
    withdrawn_at: Column[datetime | None]
    withdrawn_by: Column[str | None]


class CompanyContactColumns(Columns):
    """Columns of `company_contact`."""

    company_id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    mark: Column[str | None]


class CompanyKeyColumns(Columns):
    """Columns of `company_key`."""

    company_id: Column[UUID] = Column(primary_key=True)
    key_hash: Column[str] = Column(primary_key=True)
    client_id: Column[UUID]
    form: Column[str | None]
    head: Column[str | None]
    tail: Column[str | None]
