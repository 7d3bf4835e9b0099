"""What was decided about a company, with all that is needed to decide it again, and how it stands
with us.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from leads.tables.columns import json_field, owned


class Verdict(SQLModel, table=True):
    """One decision of one profile version about one company; superseded, never edited."""

    __table_args__ = (
        UniqueConstraint("client_id", "id"),
        owned("campaign_id", "campaign"),
        owned("company_id", "company"),
        owned("icp_version_id", "icp_version"),
        Index(
            "verdict_in_force",
            "campaign_id",
            "company_id",
            unique=True,
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
        Index("verdict_of_company", "company_id"),
        Index(
            "verdict_by_stage",
            "campaign_id",
            "fit_stage",
            "score_worst",
            "company_id",
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
        Index(
            "verdict_of_campaign_lasts_until",
            "campaign_id",
            "lasts_until",
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
        Index(
            "verdict_lasts_until",
            "lasts_until",
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    campaign_id: UUID
    company_id: UUID
    icp_version_id: UUID
    verdict: str
    #: `name`, `suspect`, `prospect` or `disqualified`: the stage by fit alone.
    fit_stage: str
    score_worst: int
    score_best: int
    asks: bool = False
    #: One sentence: which answer keeps the company from being a prospect; empty for one that fits.
    why_not: str = ""
    answers: list[Any] = json_field()
    decides: list[Any] = json_field()
    #: Attributes of the open criteria: what the company waits for.
    waits_for: list[Any] = json_field()
    fact_ids: list[Any] = json_field()
    #: The day ages were counted from: with the facts, the profile and the versions it reproduces
    #: the decision.
    today: date
    versions: dict[str, Any] = json_field()
    #: A hash of every fact that was looked at, the profile version and `versions`: while it is the
    #: same, so is the decision …
    basis: str | None = None
    #: … up to this day: then the first of the facts grows too old, or it is time to look again.
    #: None: decided before such days were kept.
    lasts_until: date | None = None
    #: Of a company with others linked to it, the facts counted otherwise than stated, by id; or
    #: which company this one is counted with.
    rolled_up: dict[str, Any] | None = json_field(default=None, nullable=True)
    decided_at: datetime
    superseded_at: datetime | None = None


class Relationship(SQLModel, table=True):
    """How one company stands with one campaign: contacted, lead, lost …; untouched when there is no
    row.
    """

    __table_args__ = (
        UniqueConstraint("campaign_id", "company_id"),
        owned("campaign_id", "campaign"),
        owned("company_id", "company"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    campaign_id: UUID
    company_id: UUID = Field(index=True)
    state: str
    reason: str = ""
    since: datetime
    #: The moment from which the company may be worked again; None with `lost`: a person reopens it.
    reopens_at: datetime | None = None
    #: Who promised to call at that moment, and from when anybody may keep the promise.
    promised_by: str | None = None
    shared_at: datetime | None = None
