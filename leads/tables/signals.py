"""What companies and their contacts did: dated events, never changed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from leads.tables.columns import owned


class Signal(SQLModel, table=True):
    """One dated event of a company, such as a reply; a retraction is a row too."""

    __table_args__ = (
        UniqueConstraint("client_id", "id"),
        # The same event heard twice is one signal.
        UniqueConstraint("client_id", "source", "external_id"),
        owned("company_id", "company"),
        owned("campaign_id", "campaign"),
        owned("retracts", "signal"),
        CheckConstraint(
            "(value_minor IS NULL) = (value_currency IS NULL)", name="signal_value_has_currency"
        ),
        Index("signal_of_company", "company_id", "happened_at"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    company_id: UUID
    contact_id: UUID | None = Field(default=None, foreign_key="contact.id")
    campaign_id: UUID | None = None
    #: `replied`, `clicked`, `won` …; the scoring file gives points by kind.
    kind: str
    #: `email`, `phone`, `landing_page` …; `unknown` when the source does not say.
    channel: str = "unknown"
    #: Who told us: `hubspot`, `lemlist`, `desk` …
    source: str
    #: The source's own id of the event.
    external_id: str
    happened_at: datetime
    heard_at: datetime
    value_minor: int | None = Field(default=None, sa_type=BigInteger)
    value_currency: str | None = None
    #: The user or token that recorded it.
    by: str
    #: The message, page or link that it is about, and the program or network that caused it.
    link: str | None = None
    agent: str | None = None
    #: Whether a machine caused it, where the source says so.
    machine: bool | None = None
    #: The signal that this row takes back.
    retracts: UUID | None = Field(default=None, index=True)
