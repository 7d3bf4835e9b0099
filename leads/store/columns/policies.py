"""The columns of channel policies."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column

from leads.store.columns.base import Columns


class ChannelPolicyColumns(Columns):
    """Columns of `channel_policy`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    version: Column[int]
    content: Column[str]
    content_hash: Column[str]
    by: Column[str]
    at: Column[datetime]
