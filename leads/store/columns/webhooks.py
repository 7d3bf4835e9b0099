"""The columns of the webhooks."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column

from leads.store.columns.base import Columns


class WebhookColumns(Columns):
    """Columns of `webhook`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    url: Column[str]
    types: Column[str] = Column(default="")
    by: Column[str]
    created_at: Column[datetime]
    delivered_at: Column[datetime | None]
    error: Column[str] = Column(default="")
    disabled_at: Column[datetime | None]


class WebhookMessageColumns(Columns):
    """Columns of `webhook_message`."""

    id: Column[UUID] = Column(primary_key=True)
    client_id: Column[UUID]
    webhook_id: Column[UUID]
    type: Column[str]
    body: Column[str]
    created_at: Column[datetime]
    asked_at: Column[datetime | None]
    attempts: Column[int] = Column(default=0)
