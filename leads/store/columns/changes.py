"""The columns of changes of companies."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column

from leads.store.columns.base import Columns


class CompanyChangeColumns(Columns):
    """Columns of `company_change`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID | None]
    companies: Column[bytes | None]
    place: Column[int] = Column(BigInteger)
    at: Column[datetime]


class VerdictPassColumns(Columns):
    """Columns of `verdict_pass`."""

    campaign_id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    icp_version_id: Column[UUID]
    made_by: Column[str]
    day: Column[date]
    place: Column[str]
    newest: Column[UUID]
