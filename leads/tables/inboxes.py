"""Addresses at which other programs and web forms report what companies do."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from leads.tables.columns import owned


class Inbox(SQLModel, table=True):
    """One address; its secret is derived from the installation's and stored nowhere."""

    __table_args__ = (UniqueConstraint("client_id", "id"), Index("inbox_of_client", "client_id"))

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    name: str = Field(unique=True)
    #: `webhook` or `form`.
    kind: str
    #: SHA-256 of what stands in the address.
    key_hash: str = Field(unique=True)
    #: The campaign whose leads come in; empty: the client's only one.
    campaign: str = ""
    #: The sites whose forms are accepted, divided by blanks.
    origins: str = ""
    #: How many companies that nobody knew may come in an hour.
    an_hour: int
    #: Who answers for what comes in: it is done with the rights of this user.
    by: str
    created_at: datetime


class InboxMessage(SQLModel, table=True):
    """A message that came in, so that it counts once."""

    __tablename__ = "inbox_message"
    __table_args__ = (owned("inbox_id", "inbox"), Index("inbox_message_at", "inbox_id", "at"))

    inbox_id: UUID = Field(primary_key=True)
    message_id: str = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    at: datetime
    #: How many companies it added.
    added: int = 0
