"""Which channel may be used for whom, as each client decided it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class ChannelPolicy(SQLModel, table=True):
    """One version of one client's channel policy, as it was when first used; never changed."""

    __tablename__ = "channel_policy"
    __table_args__ = (UniqueConstraint("client_id", "version"),)

    id: UUID = Field(primary_key=True)
    client_id: UUID = Field(foreign_key="client.id")
    version: int
    content: str
    content_hash: str
    by: str
    at: datetime
