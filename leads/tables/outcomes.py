"""Imports of outcomes, and what each changed: what undoing one needs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from leads.tables.columns import index_of_given, json_field, owned


class OutcomeImport(SQLModel, table=True):
    """One import of a file of outcomes that changed something."""

    __tablename__ = "outcome_import"
    __table_args__ = (
        UniqueConstraint("client_id", "id"),
        owned("campaign_id", "campaign"),
        Index("outcome_import_of_campaign", "campaign_id", "id"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    campaign_id: UUID
    #: The tool.
    source: str
    file: str
    by: str
    at: datetime
    undone_at: datetime | None = None


class OutcomeEffect(SQLModel, table=True):
    """One change that an import made: a signal, a suppression or a relationship."""

    __tablename__ = "outcome_effect"
    __table_args__ = (
        owned("import_id", "outcome_import"),
        owned("company_id", "company"),
        Index("outcome_effect_of_import", "import_id", "id"),
        index_of_given("outcome_effect_of_company", "company_id"),
        index_of_given("outcome_effect_of_key", "key_hash"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    import_id: UUID
    company_id: UUID | None = None
    signal_id: UUID | None = None
    #: The suppression that it added; None with a `key_hash`: the same was there already.
    suppression_id: UUID | None = None
    #: What it suppressed, and at which level: another import may ask for the same.
    key_hash: str | None = None
    level: str | None = None
    #: The event that asked for it: heard again, it is no second reason.
    event: str | None = None
    #: How the company stood before (`relationship`); empty when that was not changed.
    before: dict[str, Any] = json_field()
    #: The reason of the new relationship, by which it is recognised.
    after: str = ""
