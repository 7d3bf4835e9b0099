"""The columns of clients, profiles, campaigns and people."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column

from leads.store.columns.base import Columns


class ClientColumns(Columns):
    """Columns of `client`."""

    id: Column[UUID] = Column(primary_key=True)
    name: Column[str]
    strictness: Column[str]
    created_at: Column[datetime]
    country: Column[str | None]
    contacts: Column[str | None]
    controller: Column[str | None]
    hour_cost_minor: Column[int | None] = Column(BigInteger)
    hour_cost_currency: Column[str | None]


class IcpVersionColumns(Columns):
    """Columns of `icp_version`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    name: Column[str]
    version: Column[int]
    content: Column[str]
    content_hash: Column[str]
    created_at: Column[datetime]


class CampaignColumns(Columns):
    """Columns of `campaign`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    name: Column[str]
    icp_version_id: Column[UUID | None]
    crawl: Column[bool] = Column(default=False)
    created_at: Column[datetime]
    daily_cap: Column[int | None]
    user_daily_cap: Column[int | None]
    script: Column[str | None]
    call_hours: Column[str | None]


class UserColumns(Columns):
    """Columns of `app_user`."""

    id: Column[UUID] = Column(primary_key=True)
    name: Column[str]
    role: Column[str] = Column(default="sdr")
    created_at: Column[datetime]
    rights_at: Column[datetime | None]


class UserClientColumns(Columns):
    """Columns of `user_client`."""

    user_id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID] = Column(primary_key=True)


class UserDefaultColumns(Columns):
    """Columns of `user_default`."""

    user: Column[str] = Column(primary_key=True)
    client_id: Column[UUID | None]
    campaign_id: Column[UUID | None]
    time_zone: Column[str | None]
