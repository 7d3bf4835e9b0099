"""The columns of the inboxes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column

from leads.store.columns.base import Columns


class InboxColumns(Columns):
    """Columns of `inbox`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    name: Column[str]
    kind: Column[str]
    key_hash: Column[str]
    campaign: Column[str] = Column(default="")
    origins: Column[str] = Column(default="")
    an_hour: Column[int]
    by: Column[str]
    created_at: Column[datetime]


class InboxMessageColumns(Columns):
    """Columns of `inbox_message`."""

    inbox_id: Column[UUID] = Column(primary_key=True)
    message_id: Column[str] = Column(primary_key=True)
    client_id: Column[UUID]
    at: Column[datetime]
    added: Column[int] = Column(default=0)
