"""Links with which a report is seen without a login."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from leads.tables.columns import owned


class SharedReport(SQLModel, table=True):
    """A link to one report of one campaign; what it shows never changes."""

    __tablename__ = "shared_report"
    __table_args__ = (
        owned("campaign_id", "campaign"),
        Index("shared_report_of_client", "client_id", "made_at"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    campaign_id: UUID
    #: SHA-256 of the token in the link.
    token_hash: str = Field(unique=True)
    #: Which report, such as `funnel`.
    part: str
    #: The period that it counts; None: without a limit.
    since: datetime | None = None
    until: datetime | None = None
    made_by: str
    made_at: datetime
    ends_at: datetime
    #: When somebody ended it before its time.
    ended_at: datetime | None = None
    views: int = 0
    viewed_at: datetime | None = None
