"""The columns of public holidays."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column

from leads.store.columns.base import Columns


class HolidayYearColumns(Columns):
    """Columns of `holiday_year`."""

    area: Column[str] = Column(primary_key=True)
    year: Column[int] = Column(primary_key=True)
    weekend: Column[list[Any]]
    holidays: Column[dict[str, Any]]
    worked: Column[list[Any]]
    looked_up_at: Column[datetime]
