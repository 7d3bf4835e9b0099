"""The columns of inboxes, and of what came in there."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column

from leads.store.columns.base import Columns


class InboxColumns(Columns):
    """Columns of `inbox`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    campaign_id: Column[UUID]
    name: Column[str]
    kind: Column[str]
    rules: Column[dict[str, Any]]
    secret: Column[str] = Column(default="")
    secret_before: Column[str] = Column(default="")
    before_until: Column[datetime | None]
    by: Column[str]
    created_at: Column[datetime]


class InboxMessageColumns(Columns):
    """Columns of `inbox_message`."""

    inbox_id: Column[UUID] = Column(primary_key=True)
    message_id: Column[str] = Column(primary_key=True)
    client_id: Column[UUID]
    at: Column[datetime]
    state: Column[str]
    reason: Column[str] = Column(default="")


class InboxRefusalColumns(Columns):
    """Columns of `inbox_refusal`."""

    inbox_id: Column[UUID] = Column(primary_key=True)
    hour: Column[datetime] = Column(primary_key=True)
    reason: Column[str] = Column(primary_key=True)
    client_id: Column[UUID]
    times: Column[int]
    last_at: Column[datetime]
