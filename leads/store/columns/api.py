"""The columns of the API's tokens and repeated answers."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column

from leads.store.columns.base import Columns


class ApiTokenColumns(Columns):
    """Columns of `api_token`."""

    id: Column[UUID] = Column(primary_key=True)
    name: Column[str]
    token_hash: Column[str]
    user_id: Column[UUID]
    client_id: Column[UUID | None]
    scopes: Column[str]
    made_by: Column[str]
    made_at: Column[datetime]
    ends_at: Column[datetime]
    used_at: Column[datetime | None]


class ApiAnswerColumns(Columns):
    """Columns of `api_answer`."""

    token_id: Column[UUID] = Column(primary_key=True)
    key: Column[str] = Column(primary_key=True)
    request_hash: Column[str]
    began_at: Column[datetime]
    status: Column[int | None]
    content_type: Column[str] = Column(default="")
    body: Column[bytes] = Column(default=b"")
