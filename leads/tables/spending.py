"""Questions to registers and paid providers, what they cost, and what they may cost."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from leads.tables.columns import index_of_given, index_where, json_field, owned


class SourceQuestion(SQLModel, table=True):
    """One question to a source about one company: reserved, sent, settled."""

    __tablename__ = "source_question"
    __table_args__ = (
        Index("source_question_source", "source", "settled_at"),
        index_of_given("source_question_budget", "budget_id"),
        index_where(
            "source_question_open", "state", "reserved_at", where="state IN ('reserved', 'sent')"
        ),
    )

    id: UUID = Field(primary_key=True)
    #: Whose answer it is; None: every client's.
    client_id: UUID | None = Field(default=None, foreign_key="client.id")
    source: str
    #: ISO 3166-1 alpha-2 of the company; empty: unknown.
    country: str
    #: What the source answers, sorted.
    attributes: list[str] = json_field()
    #: `reserved`, `sent`, `settled`, `refunded` or `unclear`.
    state: str
    #: Whose budget it was set aside from; its client may be another one's later.
    budget_id: UUID | None = None
    #: The task that asks, and its attempt.
    task_id: UUID | None = None
    attempt: int = 0
    #: Millionths of the currency: what it may cost, and what it did cost.
    price_micros: int = Field(sa_type=BigInteger)
    charged_micros: int = Field(default=0, sa_type=BigInteger)
    currency: str
    outcome: str | None = None
    reason: str = ""
    #: Attributes that the answer had a value of.
    found: list[str] = json_field()
    #: Entries as the source sent them; None: nothing was found, or it is too old.
    answer: list[Any] | None = json_field(default=None, nullable=True)
    reserved_at: datetime
    sent_at: datetime | None = None
    settled_at: datetime | None = None
    #: The same question is not asked before.
    fresh_until: datetime | None = None


class SourceQuestionKey(SQLModel, table=True):
    """What a question was asked about, as keyed hashes: one row blocks the same question."""

    __tablename__ = "source_question_key"
    __table_args__ = (
        Index("source_question_key_question_id", "question_id"),
        Index("source_question_key_key", "key"),
    )

    source: str = Field(primary_key=True)
    #: The client whose answer it is, in hex; empty: every client's.
    holder: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    question_id: UUID = Field(foreign_key="source_question.id")


class SourceTurn(SQLModel, table=True):
    """One request to a source, for its limits."""

    __tablename__ = "source_turn"
    __table_args__ = (
        Index("source_turn_source", "source", "counts_until"),
        Index("source_turn_counts_until", "counts_until"),
    )

    id: UUID = Field(primary_key=True)
    source: str
    taken_at: datetime
    #: When its answer came; None: it is under way, or its process died.
    done_at: datetime | None = None
    #: After this it counts for no limit.
    counts_until: datetime


class SourceRest(SQLModel, table=True):
    """A source that must not be asked before a time, and why."""

    __tablename__ = "source_rest"

    source: str = Field(primary_key=True)
    until: datetime
    reason: str


class SpendingBudget(SQLModel, table=True):
    """What a campaign may spend: in one run, or month by month without being told."""

    __tablename__ = "spending_budget"
    __table_args__ = (
        owned("campaign_id", "campaign"),
        UniqueConstraint("client_id", "id"),
        index_where(
            "spending_budget_automatic",
            "campaign_id",
            where="automatic AND ended_at IS NULL",
            unique=True,
        ),
        index_of_given("spending_budget_campaign", "campaign_id", "ended_at"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    campaign_id: UUID
    #: Spent month by month by the background work; otherwise by one run.
    automatic: bool
    micros: int = Field(sa_type=BigInteger)
    #: None: no bound for one company but the whole.
    company_micros: int | None = Field(default=None, sa_type=BigInteger)
    currency: str
    by: str
    begun_at: datetime
    ended_at: datetime | None = None


class SpendingCap(SQLModel, table=True):
    """The most that may be spent for a client, a campaign or a list, in a month or at all."""

    __tablename__ = "spending_cap"
    __table_args__ = (
        owned("campaign_id", "campaign"),
        owned("list_id", "list"),
        UniqueConstraint("client_id", "id"),
        Index("spending_cap_of", "client_id", "campaign_id", "list_id", "period"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    campaign_id: UUID | None = None
    list_id: UUID | None = None
    #: `month` or `ever`.
    period: str
    micros: int = Field(sa_type=BigInteger)
    currency: str
    by: str
    at: datetime


class SpendingLine(SQLModel, table=True):
    """A part of what a question cost, and who bears it; appended, never edited."""

    __tablename__ = "spending_line"
    __table_args__ = (
        owned("campaign_id", "campaign"),
        owned("company_id", "company"),
        owned("list_id", "list"),
        owned("budget_id", "spending_budget"),
        Index("spending_line_client_at", "client_id", "at"),
        Index("spending_line_question_id", "question_id"),
        index_of_given("spending_line_company_id", "company_id"),
        index_of_given("spending_line_budget_id", "budget_id"),
        index_where(
            "spending_line_paid",
            "client_id",
            "at",
            "budget_id",
            "campaign_id",
            "list_id",
            "currency",
            "micros",
            "budget_micros",
            where="micros <> 0",
        ),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    question_id: UUID = Field(foreign_key="source_question.id")
    campaign_id: UUID | None = None
    budget_id: UUID | None = None
    company_id: UUID | None = None
    list_id: UUID | None = None
    #: `reserved`, `charged`, `refunded` or `used`.
    why: str
    #: Millionths of the currency; below 0: given back.
    micros: int = Field(sa_type=BigInteger)
    currency: str
    #: The same in the currency of the budget; None: no budget.
    budget_micros: int | None = Field(default=None, sa_type=BigInteger)
    at: datetime
