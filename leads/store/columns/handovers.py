"""The columns of leads, answers to the checklist, and hand-overs."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column

from leads.store.columns.base import Columns


class CampaignFileColumns(Columns):
    """Columns of `campaign_file`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    campaign_id: Column[UUID]
    kind: Column[str]
    version: Column[int]
    content: Column[str]
    content_hash: Column[str]
    by: Column[str]
    at: Column[datetime]


class LeadColumns(Columns):
    """Columns of `lead`."""

    campaign_id: Column[UUID] = Column(primary_key=True)
    company_id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    stage: Column[str]
    since: Column[datetime]
    next_touch_at: Column[datetime]
    next_touch: Column[str]
    entered_at: Column[datetime | None]


class LeadAnswerColumns(Columns):
    """Columns of `lead_answer`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    campaign_id: Column[UUID]
    company_id: Column[UUID]
    question: Column[str]
    reply: Column[str]
    words: Column[str]
    source: Column[str]
    by: Column[str]
    at: Column[datetime]
    recorded_at: Column[datetime]


class HandoverColumns(Columns):
    """Columns of `handover`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    campaign_id: Column[UUID]
    company_id: Column[UUID]
    version: Column[int]
    checklist: Column[dict[str, str]]
    sent_at: Column[datetime]
    sent_by: Column[str]
    answer_by: Column[datetime]
    state: Column[str]
    answered_at: Column[datetime | None]
    answered_by: Column[str | None]
    reason: Column[str] = Column(default="")
    words: Column[str] = Column(default="")
