"""Facts and their retractions: appended, never edited."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from leads.tables.columns import index_of_given, json_field, owned

_SUBJECTS = " + ".join(
    f"(CASE WHEN {name} IS NULL THEN 0 ELSE 1 END)"
    for name in ("record_id", "site", "register_entry", "company_id")
)


class Fact(SQLModel, table=True):
    """One value of one attribute, about exactly one subject.

    The subject is a record (what a list states), a site (what our crawl saw on a domain), a
    register entry, or a company (what a person told us). Facts of sites and registers have no
    client: they are gathered once and used for everyone.
    """

    __table_args__ = (
        owned("record_id", "record"),
        owned("company_id", "company"),
        index_of_given("ix_fact_record_id", "record_id"),
        index_of_given("ix_fact_site", "site"),
        index_of_given("ix_fact_register_entry", "register_entry"),
        index_of_given("ix_fact_company_id", "company_id"),
        Index(
            "fact_domain",
            "value",
            sqlite_where=text("attribute = 'domain'"),
            postgresql_where=text("attribute = 'domain'"),
        ),
        Index(
            "fact_register_number",
            "value",
            sqlite_where=text("attribute = 'register_number'"),
            postgresql_where=text("attribute = 'register_number'"),
        ),
        Index(
            "fact_parent",
            "client_id",
            sqlite_where=text("attribute = 'parent'"),
            postgresql_where=text("attribute = 'parent'"),
        ),
        CheckConstraint(
            "client_id IS NULL OR record_id IS NOT NULL OR company_id IS NOT NULL",
            name="fact_of_client_has_owner",
        ),
        CheckConstraint(f"{_SUBJECTS} = 1", name="fact_has_one_subject"),
    )

    id: UUID = Field(primary_key=True)
    #: No key of its own: it is that of the record or company, whose keys include it.
    client_id: UUID | None = None
    record_id: UUID | None = None
    site: str | None = None
    register_entry: str | None = None
    company_id: UUID | None = None
    attribute: str
    value: Any = json_field()
    source: str
    method: str
    observed_at: datetime
    as_of: date | None = None
    url: str | None = None
    quote: str = ""
    confidence: float = 0.8
    scope: str = "company"
    licence: str | None = None
    #: Millionths of the currency.
    cost_micros: int | None = Field(default=None, sa_type=BigInteger)
    cost_currency: str | None = None


class Retraction(SQLModel, table=True):
    """That a fact is no longer held: an undo or an erasure."""

    fact_id: UUID = Field(primary_key=True, foreign_key="fact.id")
    client_id: UUID | None = Field(default=None, foreign_key="client.id")
    reason: str
    at: datetime
