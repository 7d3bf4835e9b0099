"""The columns of changes of companies."""

from datetime import datetime
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
