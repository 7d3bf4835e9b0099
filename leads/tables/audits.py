"""Audits: facts that were drawn by chance, and how people judged each."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from leads.tables.columns import owned


class FactAudit(SQLModel, table=True):
    """One draw of facts about one attribute."""

    __tablename__ = "fact_audit"
    __table_args__ = (UniqueConstraint("client_id", "id"),)

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    attribute: str
    #: The source and the list that it was held to; empty: every one.
    source: str = ""
    list: str = ""
    #: How many facts were asked for, how many there were, and in how many strata.
    wanted: int
    frame: int
    strata: int
    seed: int = Field(sa_type=BigInteger)
    by: str
    at: datetime


class FactAuditItem(SQLModel, table=True):
    """One fact of a draw; a client draws each fact once."""

    __tablename__ = "fact_audit_item"
    __table_args__ = (
        owned("audit_id", "fact_audit"),
        owned("company_id", "company"),
        UniqueConstraint("client_id", "id"),
        UniqueConstraint("client_id", "fact_id"),
        UniqueConstraint("audit_id", "number"),
        Index("fact_audit_item_of_fact", "fact_id"),
        Index("fact_audit_item_of_company", "company_id"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    audit_id: UUID
    #: From 1, in the order of judging.
    number: int
    fact_id: UUID = Field(foreign_key="fact.id")
    company_id: UUID
    #: As `leads/sources.py` calls it.
    source: str


class FactJudgement(SQLModel, table=True):
    """How a person judged one fact of a draw, or that an earlier judgement is taken back."""

    __tablename__ = "fact_judgement"
    __table_args__ = (
        owned("item_id", "fact_audit_item"),
        owned("takes_back", "fact_judgement"),
        UniqueConstraint("client_id", "id"),
        UniqueConstraint("takes_back"),
        Index("fact_judgement_of_item", "item_id"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    item_id: UUID
    #: `right`, `wrong`, `unclear` or `taken back`.
    said: str
    #: The judgement that this one takes back.
    takes_back: UUID | None = None
    by: str
    at: datetime
