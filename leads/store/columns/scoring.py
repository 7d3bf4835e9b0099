"""The columns of scoring files and scores."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column

from leads.store.columns.base import Columns


class ScoringFileColumns(Columns):
    """Columns of `scoring_file`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    campaign_id: Column[UUID]
    name: Column[str]
    version: Column[int]
    content: Column[str]
    content_hash: Column[str]
    by: Column[str]
    at: Column[datetime]
    grade_a: Column[int] = Column(default=80)
    grade_b: Column[int] = Column(default=40)


class CompanyScoreColumns(Columns):
    """Columns of `company_score`."""

    campaign_id: Column[UUID] = Column(primary_key=True)
    company_id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    version: Column[int]
    temperature: Column[str]
    heat: Column[float | None]
    total: Column[int] = Column(BigInteger)
    scored_at: Column[datetime]
    changes_at: Column[datetime | None]
    qualifications: Column[list[str]]
    suppressed: Column[str | None]
    disqualified: Column[bool] = Column(default=False)
