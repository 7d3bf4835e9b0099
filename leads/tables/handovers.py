"""Leads with their stage and next touch, answers to the checklist, and hand-overs."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from leads.tables.columns import json_field, owned

_OPEN = text("state = 'open'")


class CampaignFile(SQLModel, table=True):
    """One version of one campaign's file of a kind, as it was when first used; never changed."""

    __tablename__ = "campaign_file"
    __table_args__ = (
        UniqueConstraint("campaign_id", "kind", "version"),
        owned("campaign_id", "campaign"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    campaign_id: UUID
    #: `handover` or `nurture`.
    kind: str
    version: int
    content: str
    content_hash: str
    by: str
    at: datetime


class Lead(SQLModel, table=True):
    """A company that showed interest in a campaign: its stage, and when it is contacted next."""

    __table_args__ = (
        owned("campaign_id", "campaign"),
        owned("company_id", "company"),
        CheckConstraint(
            "stage IN ('unqualified', 'nurture', 'mql', 'sql', 'opportunity', 'customer')",
            name="lead_stage",
        ),
        Index("lead_next", "campaign_id", "next_touch_at", "company_id"),
        Index("lead_of_stage", "campaign_id", "stage", "next_touch_at", "company_id"),
    )

    campaign_id: UUID = Field(primary_key=True)
    company_id: UUID = Field(primary_key=True, index=True)
    client_id: UUID = Field(foreign_key="client.id")
    stage: str
    since: datetime
    #: Every lead has one.
    next_touch_at: datetime
    #: What to do then, in the words of the nurture file.
    next_touch: str
    #: When it became a lead; None: before that was kept.
    entered_at: datetime | None = None


class LeadAnswer(SQLModel, table=True):
    """One reply to one question of the checklist; the latest counts, and older ones stay."""

    __tablename__ = "lead_answer"
    __table_args__ = (
        owned("campaign_id", "campaign"),
        owned("company_id", "company"),
        CheckConstraint("reply IN ('yes', 'partly', 'no', 'unknown')", name="lead_answer_reply"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    campaign_id: UUID
    company_id: UUID = Field(index=True)
    question: str
    reply: str
    #: What was said, word for word.
    words: str
    source: str
    by: str
    #: When it was said.
    at: datetime
    recorded_at: datetime


class Handover(SQLModel, table=True):
    """One lead that was sent to the client, and the client's answer."""

    __table_args__ = (
        owned("campaign_id", "campaign"),
        owned("company_id", "company"),
        CheckConstraint("state IN ('open', 'accepted', 'rejected')", name="handover_state"),
        CheckConstraint("state <> 'rejected' OR reason <> ''", name="handover_reason"),
        # One at a time.
        Index(
            "handover_open",
            "campaign_id",
            "company_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    campaign_id: UUID
    company_id: UUID = Field(index=True)
    #: Of the hand-over file.
    version: int
    #: The reply to each question when it was sent.
    checklist: dict[str, str] = json_field()
    sent_at: datetime
    sent_by: str
    answer_by: datetime
    state: str
    answered_at: datetime | None = None
    answered_by: str | None = None
    #: The code of the reason of a rejection.
    reason: str = ""
    words: str = ""
