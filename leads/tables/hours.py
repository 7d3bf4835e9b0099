"""The public holidays by which call hours go."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from leads.tables.columns import json_field


class HolidayYear(SQLModel, table=True):
    """The weekend and the public holidays of one country or region in one year."""

    __tablename__ = "holiday_year"

    #: Such as `DE` or `DE-BY`.
    area: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    #: Weekdays, Monday is 0.
    weekend: list[Any] = json_field()
    #: Names by ISO date.
    holidays: dict[str, Any] = json_field()
    #: ISO dates of a weekend on which people work.
    worked: list[Any] = json_field()
    looked_up_at: datetime
