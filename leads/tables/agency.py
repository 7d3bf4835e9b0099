"""What the agency has set for all of its clients."""

from sqlmodel import Field, SQLModel


class AgencySetting(SQLModel, table=True):
    """One setting of the agency; without a row its default counts."""

    __tablename__ = "agency_setting"

    name: str = Field(primary_key=True)
    value: str
