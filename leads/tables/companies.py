"""Companies, how they belong together, and what people decided about duplicates."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from leads.tables.columns import index_of_given, index_where, json_field, owned


class Company(SQLModel, table=True):
    """One real company as one client's records show it; a merged one redirects to the oldest."""

    __table_args__ = (
        UniqueConstraint("client_id", "id"),
        owned("merged_into", "company"),
        index_of_given("ix_company_merged_into", "merged_into"),
        Index("company_name", "client_id", text("lower(name)")),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id", index=True)
    kind: str = "legal_entity"
    name: str
    #: One sentence: why its records are held to be one company.
    reason: str = ""
    merged_into: UUID | None = None
    #: Set when no live record names it any more.
    gone_at: datetime | None = None
    created_at: datetime


class CompanyLink(SQLModel, table=True):
    """That one company is the site, brand or part of another, or a person's word that it is not."""

    __tablename__ = "company_link"
    __table_args__ = (
        owned("company_id", "company"),
        owned("of_id", "company"),
        UniqueConstraint("company_id", "of_id", "kind"),
        CheckConstraint("kind IN ('site_of', 'brand_of', 'part_of')", name="link_kind"),
        Index("link_of_client", "client_id", "of_id"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    company_id: UUID
    of_id: UUID
    kind: str
    #: Who said so; None when it was read from facts, which then can take it back.
    by: str | None = None
    #: Set when a person said that it is not so: facts do not bring it back.
    denied_at: datetime | None = None
    reason: str = ""
    created_at: datetime


class Judgement(SQLModel, table=True):
    """A person's word that two records are the same company, or are not; kept by match key, so it
    outlives a re-import.
    """

    __table_args__ = (
        UniqueConstraint("client_id", "left_key", "right_key"),
        CheckConstraint("left_key < right_key", name="judgement_order"),
        CheckConstraint("decision IN ('same', 'different')", name="judgement_decision"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    left_key: str
    right_key: str
    decision: str
    by: str
    reason: str = ""
    at: datetime


class ReviewPair(SQLModel, table=True):
    """Two records whose match a person must decide."""

    __tablename__ = "review_pair"
    __table_args__ = (
        owned("left_id", "record"),
        owned("right_id", "record"),
        UniqueConstraint("client_id", "left_id", "right_id"),
        Index("review_doubt", "client_id", text("abs(odds)"), "left_id", "right_id"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    left_id: UUID
    right_id: UUID
    #: Why a person is asked.
    kind: str
    #: Whether both are on one company.
    together: bool
    #: Log-odds; above 0 means a match.
    odds: float
    reasons_for: list[str] = json_field()
    reasons_against: list[str] = json_field()
    #: What speaks against the pair, and what agrees; pairs of every kind are asked in turn.
    disagreement: str = ""
    found_at: datetime


class UnsurePair(SQLModel, table=True):
    """Two records that a person could not decide; kept by match key, as judgements are."""

    __tablename__ = "unsure_pair"
    __table_args__ = (
        UniqueConstraint("client_id", "left_key", "right_key"),
        CheckConstraint("left_key < right_key", name="unsure_order"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    left_key: str
    right_key: str
    by: str
    at: datetime


class MatchModel(SQLModel, table=True):
    """What a client's answers added to the weights of the matcher; never changed."""

    __tablename__ = "match_model"
    __table_args__ = (
        UniqueConstraint("client_id", "version"),
        index_where(
            "match_model_in_force",
            "client_id",
            where="used_at IS NOT NULL AND ended_at IS NULL",
            unique=True,
        ),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    version: int
    #: The text of a model file.
    content: str
    by: str
    at: datetime
    #: When it was put in force; None: never.
    used_at: datetime | None = None
    #: When another model, or the shipped weights, took its place.
    ended_at: datetime | None = None
