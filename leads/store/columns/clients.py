"""The columns of clients, profiles, campaigns and people."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column

from leads.store.columns.base import Columns


class ClientColumns(Columns):
    """Columns of `client`."""

    id: Column[UUID]
    name: Column[str]
    created_at: Column[datetime]


class IcpVersionColumns(Columns):
    """Columns of `icp_version`."""

    id: Column[UUID]
    client_id: Column[UUID]
    name: Column[str]
    version: Column[int]
    content: Column[str]
    content_hash: Column[str]
    created_at: Column[datetime]


class CampaignColumns(Columns):
    """Columns of `campaign`."""

    id: Column[UUID]
    client_id: Column[UUID]
    name: Column[str]
    icp_version_id: Column[UUID | None]
    crawl: Column[bool]
    created_at: Column[datetime]


class UserColumns(Columns):
    """Columns of `app_user`."""

    id: Column[UUID]
    name: Column[str]
    role: Column[str]
    created_at: Column[datetime]


class UserClientColumns(Columns):
    """Columns of `user_client`."""

    user_id: Column[UUID]
    client_id: Column[UUID]
