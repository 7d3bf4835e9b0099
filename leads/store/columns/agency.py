"""The columns of what the agency has set."""

from sqlalchemy import Column

from leads.store.columns.base import Columns


class AgencySettingColumns(Columns):
    """Columns of `agency_setting`."""

    name: Column[str] = Column(primary_key=True)
    value: Column[str]
