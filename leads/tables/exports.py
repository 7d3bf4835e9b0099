"""Which companies left in which file: so that a later export can name what is new, and what must
stop.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from leads.tables.columns import owned


class Export(SQLModel, table=True):
    """One export; without `finished_at` its file never appeared."""

    __table_args__ = (
        UniqueConstraint("client_id", "id"),
        owned("campaign_id", "campaign"),
        CheckConstraint("kind IN ('rows', 'removals')", name="export_kind"),
        Index("export_of_profile", "campaign_id", "profile"),
    )

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    campaign_id: UUID
    #: The name of the export profile.
    profile: str
    profile_version: int
    #: `rows`, or `removals`: companies of earlier exports that must stop.
    kind: str
    #: The name of the file, without its folder.
    file: str
    by: str
    rows: int = 0
    started_at: datetime
    finished_at: datetime | None = None


class ExportRow(SQLModel, table=True):
    """One company of one export."""

    __tablename__ = "export_row"
    __table_args__ = (
        owned("export_id", "export"),
        owned("company_id", "company"),
        Index("export_row_of_company", "company_id"),
    )

    export_id: UUID = Field(primary_key=True)
    company_id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    #: Of the written cells: whether a later row says something else.
    row_hash: str
