"""What was found of companies' sites, and the names that were looked up for it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from leads.tables.columns import json_field, owned


class SiteFinding(SQLModel, table=True):
    """The search for one company's site: its result, or a person's word about it."""

    __tablename__ = "site_finding"
    __table_args__ = (
        owned("company_id", "company"),
        UniqueConstraint("client_id", "company_id"),
        Index("site_finding_domain", "domain"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    company_id: UUID
    domain: str | None = None
    #: `accept`, `review` or `abstain`.
    band: str
    #: Log-odds.
    odds: float
    #: Mark, weight and quote of each reason.
    reasons: list[Any] = json_field()
    #: What would settle it.
    lacks: list[str] = json_field()
    #: Each site that was visited, and what came of it.
    looked: list[Any] = json_field()
    #: Domains that a person said are not the company's.
    denied: list[str] = json_field()
    #: The facts that hold because of this.
    fact_ids: list[str] = json_field()
    #: A hash of what the search started from.
    basis: str
    #: The person whose word it is.
    said_by: str | None = None
    #: What held before that word.
    before: dict[str, Any] | None = json_field(default=None, nullable=True)
    found_at: datetime
    #: Nothing answered: search again from then on; None: by the age of the finding.
    again_at: datetime | None = None
    #: Of a site for review: the pages that were read, as text.
    pages: list[Any] = json_field()


class NameLookUp(SQLModel, table=True):
    """The last answer of the name service about a domain: shared by all clients."""

    __tablename__ = "name_look_up"
    __table_args__ = (Index("name_look_up_looked_up_at", "looked_up_at"),)

    name: str = Field(primary_key=True)
    #: `found`, `missing`, `wildcard`, `denied` or `failed`.
    known: str
    hosts: list[str] = json_field()
    looked_up_at: datetime
