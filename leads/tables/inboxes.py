"""Addresses at which other programs and web forms report what companies do."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from leads.tables.columns import json_field, owned


class Inbox(SQLModel, table=True):
    """One address, and how what comes in there is read."""

    __table_args__ = (
        UniqueConstraint("client_id", "id"),
        owned("campaign_id", "campaign"),
        Index("inbox_of_client", "client_id", "name"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    campaign_id: UUID
    #: It stands in the address.
    name: str = Field(unique=True)
    #: `webhook` or `form`.
    kind: str
    rules: dict[str, Any] = json_field()
    #: The secret of a webhook, sealed with the installation's key; empty for forms.
    secret: str = ""
    #: The one before, which counts until a moment.
    secret_before: str = ""
    before_until: datetime | None = None
    #: Who answers for what comes in: it is done with the rights of this user.
    by: str
    created_at: datetime


class InboxMessage(SQLModel, table=True):
    """A message that was taken, so that it counts once; it holds nothing that the message says."""

    __tablename__ = "inbox_message"
    __table_args__ = (owned("inbox_id", "inbox"), Index("inbox_message_at", "inbox_id", "at"))

    inbox_id: UUID = Field(primary_key=True)
    message_id: str = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    at: datetime
    #: `taken`, `accepted`, `left` or `refused`.
    state: str
    reason: str = ""


class InboxRefusal(SQLModel, table=True):
    """How often something was turned away in an hour, before it was believed."""

    __tablename__ = "inbox_refusal"
    __table_args__ = (owned("inbox_id", "inbox"),)

    inbox_id: UUID = Field(primary_key=True)
    hour: datetime = Field(primary_key=True)
    reason: str = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    times: int
    last_at: datetime
