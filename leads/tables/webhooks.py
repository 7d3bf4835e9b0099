"""Addresses that receive what happens, and the messages that are not delivered yet."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from leads.tables.columns import owned

_UNASKED = text("asked_at IS NULL")


class Webhook(SQLModel, table=True):
    """One address of a client; its secret is derived from the installation's and stored nowhere."""

    __table_args__ = (UniqueConstraint("client_id", "id"), Index("webhook_of_client", "client_id"))

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    url: str
    #: Types of messages, divided by blanks; empty: every type.
    types: str = ""
    by: str
    created_at: datetime
    #: When a message was last delivered.
    delivered_at: datetime | None = None
    #: What was wrong at the last attempt; empty: nothing.
    error: str = ""
    #: The address answered that it is gone: nothing is sent any more.
    disabled_at: datetime | None = None


class WebhookMessage(SQLModel, table=True):
    """One message that waits to be delivered; a delivered one is deleted."""

    __tablename__ = "webhook_message"
    __table_args__ = (
        owned("webhook_id", "webhook"),
        Index("webhook_message_of_webhook", "webhook_id"),
        Index(
            "webhook_message_unasked",
            "created_at",
            sqlite_where=_UNASKED,
            postgresql_where=_UNASKED,
        ),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    webhook_id: UUID
    type: str
    #: JSON, as it is signed and sent.
    body: str
    created_at: datetime
    #: When a task for its delivery was asked for.
    asked_at: datetime | None = None
    attempts: int = 0
