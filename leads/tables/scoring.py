"""What signals are worth in a campaign, and the scores that follow."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, false, text
from sqlmodel import Field, SQLModel

from leads.tables.columns import json_field, owned

_DUE = text("changes_at IS NOT NULL")


class ScoringFile(SQLModel, table=True):
    """One version of one campaign's scoring file, as it was when first used; never changed."""

    __tablename__ = "scoring_file"
    __table_args__ = (
        UniqueConstraint("campaign_id", "version"),
        owned("campaign_id", "campaign"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    campaign_id: UUID
    name: str
    version: int
    content: str
    content_hash: str
    by: str
    at: datetime
    #: From which score of the ICP the fit is A, and from which B.
    grade_a: int = Field(default=80, sa_column_kwargs={"server_default": "80"})
    grade_b: int = Field(default=40, sa_column_kwargs={"server_default": "40"})


class CompanyScore(SQLModel, table=True):
    """The score of one company in one campaign, as of when its signals were last read."""

    __tablename__ = "company_score"
    __table_args__ = (
        owned("campaign_id", "campaign"),
        owned("company_id", "company"),
        CheckConstraint("temperature IN ('cold', 'warm', 'hot')", name="company_score_temperature"),
        # All points fade by the same factor, so their order by heat stays as it is.
        Index("company_score_order", "campaign_id", "heat"),
        Index(
            "company_score_due",
            "changes_at",
            sqlite_where=_DUE,
            postgresql_where=_DUE,
        ),
    )

    campaign_id: UUID = Field(primary_key=True)
    company_id: UUID = Field(primary_key=True, index=True)
    client_id: UUID = Field(foreign_key="client.id")
    #: Of the scoring file.
    version: int
    temperature: str
    #: The sum's logarithm to base 2, plus the time in half-lives since 1970; None: the sum is not
    #: above 0.
    heat: float | None = None
    #: In millionths of a point, at `scored_at`.
    total: int = Field(sa_type=BigInteger)
    scored_at: datetime
    #: When the temperature changes by itself; None: never.
    changes_at: datetime | None = None
    #: The qualifications it has.
    qualifications: list[str] = json_field()
    #: The widest level at which its signals suppress it.
    suppressed: str | None = None
    #: Whether its signals speak so much against it that it is out.
    disqualified: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
