"""What users did at their desk, the dispositions of a client, and facts that they doubt."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from leads.tables.columns import json_field, owned


class DeskAction(SQLModel, table=True):
    """One thing that a user did with one prospect, and what undoing it needs."""

    __tablename__ = "desk_action"
    __table_args__ = (
        owned("campaign_id", "campaign"),
        owned("company_id", "company"),
        Index("desk_action_of_user", "campaign_id", "user", "id"),
        Index("desk_action_of_company", "company_id"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    campaign_id: UUID
    company_id: UUID
    queue_entry_id: UUID | None = None
    user: str
    #: `done`, `released`, `skipped`, `postponed` or `note`.
    verb: str
    text: str = ""
    at: datetime
    disposition_id: UUID | None = None
    #: The suppression that the action added.
    suppression_id: UUID | None = None
    #: How things stood before: `relationship`, `lease_id`, and `others`, which counts what other
    #: people had done with the company.
    before: dict[str, Any] = json_field()
    undone_at: datetime | None = None
    undone_why: str = ""


class DispositionFile(SQLModel, table=True):
    """One version of one client's dispositions, as it was when first used; never changed."""

    __tablename__ = "disposition_file"
    __table_args__ = (UniqueConstraint("client_id", "version"),)

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    version: int
    content: str
    content_hash: str
    by: str
    at: datetime


class FactDoubt(SQLModel, table=True):
    """That a company's own word speaks against a fact; for one client, which need not own it."""

    __tablename__ = "fact_doubt"
    __table_args__ = (
        owned("company_id", "company"),
        UniqueConstraint("disposition_id", "fact_id"),
        Index("fact_doubt_of_company", "company_id"),
        Index("fact_doubt_of_source", "client_id", "source"),
        Index("fact_doubt_of_fact", "fact_id"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    company_id: UUID
    disposition_id: UUID = Field(foreign_key="disposition.id")
    fact_id: UUID = Field(foreign_key="fact.id")
    attribute: str
    source: str
    #: `wrong`: the value is not shown any more. `contradicted`: it is shown with the doubt.
    kind: str
    by: str
    at: datetime
    undone_at: datetime | None = None
