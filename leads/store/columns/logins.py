"""The columns of passwords, one-time links and sessions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column

from leads.store.columns.base import Columns


class PasswordColumns(Columns):
    """Columns of `password`."""

    user_id: Column[UUID] = Column(primary_key=True)
    argon2: Column[str]
    set_at: Column[datetime]


class LoginLinkColumns(Columns):
    """Columns of `login_link`."""

    token_hash: Column[str] = Column(primary_key=True)
    user_id: Column[UUID]
    made_by: Column[str]
    made_at: Column[datetime]
    ends_at: Column[datetime]


class WebSessionColumns(Columns):
    """Columns of `web_session`."""

    token_hash: Column[str] = Column(primary_key=True)
    user_id: Column[UUID]
    form_key: Column[str]
    began_at: Column[datetime]
    seen_at: Column[datetime]
    agent: Column[str] = Column(default="")
    network: Column[str] = Column(default="")
    how: Column[str] = Column(default="password")
    needs: Column[str] = Column(default="")
    token_at: Column[datetime | None]
    replaced_at: Column[datetime | None]


class SecondFactorColumns(Columns):
    """Columns of `second_factor`."""

    user_id: Column[UUID] = Column(primary_key=True)
    nonce: Column[str]
    made_at: Column[datetime]
    confirmed_at: Column[datetime | None]
    last_step: Column[int] = Column(default=0)


class RecoveryCodeColumns(Columns):
    """Columns of `recovery_code`."""

    user_id: Column[UUID] = Column(primary_key=True)
    code_hash: Column[str] = Column(primary_key=True)


class LoginIdentityColumns(Columns):
    """Columns of `login_identity`."""

    user_id: Column[UUID] = Column(primary_key=True)
    issuer: Column[str]
    email: Column[str | None]
    subject: Column[str | None]
    linked_by: Column[str]
    linked_at: Column[datetime]
