"""The columns of links to reports."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column

from leads.store.columns.base import Columns


class SharedReportColumns(Columns):
    """Columns of `shared_report`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    campaign_id: Column[UUID]
    token_hash: Column[str]
    part: Column[str]
    since: Column[datetime | None]
    until: Column[datetime | None]
    made_by: Column[str]
    made_at: Column[datetime]
    ends_at: Column[datetime]
    ended_at: Column[datetime | None]
    views: Column[int] = Column(default=0)
    viewed_at: Column[datetime | None]
