"""Passwords and one-time links of users; tokens are stored as hashes only."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select

from leads.clock import now
from leads.store.engine import Tx
from leads.store.schema import (
    app_user,
    login_identity,
    login_link,
    password,
    recovery_code,
    second_factor,
    web_session,
)


def password_hash(tx: Tx, user_id: UUID) -> str | None:
    """The hash of a user's password; None: the user has none."""
    wanted = select(password.c.argon2).where(password.c.user_id == user_id)
    return tx.execute(wanted).scalar_one_or_none()


def set_password(tx: Tx, user_id: UUID, argon2: str) -> None:
    """Replace a user's password; links that would set another one end."""
    tx.execute(delete(login_link).where(login_link.c.user_id == user_id))
    tx.execute(delete(password).where(password.c.user_id == user_id))
    tx.execute(insert(password).values(user_id=user_id, argon2=argon2, set_at=now()))


def add_link(tx: Tx, token_hash: str, user_id: UUID, made_by: str, ends_at: datetime) -> None:
    """Add a one-time link; earlier ones of the user end."""
    tx.execute(delete(login_link).where(login_link.c.user_id == user_id))
    values = {"user_id": user_id, "made_by": made_by, "made_at": now(), "ends_at": ends_at}
    tx.execute(insert(login_link).values(token_hash=token_hash, **values))


def user_of_link(tx: Tx, token_hash: str) -> str | None:
    """The name of the user of a link that may still be used."""
    wanted = (
        select(app_user.c.name)
        .join(login_link, login_link.c.user_id == app_user.c.id)
        .where(login_link.c.token_hash == token_hash, login_link.c.ends_at > now())
    )
    return tx.execute(wanted).scalar_one_or_none()


def use_link(tx: Tx, token_hash: str) -> bool:
    """Use a link up; False: it was used, is over, or never was."""
    gone = delete(login_link).where(
        login_link.c.token_hash == token_hash, login_link.c.ends_at > now()
    )
    return tx.execute(gone).rowcount == 1


def remove(tx: Tx, user_id: UUID) -> None:
    """Remove everything with which a user logs in."""
    for one in (web_session, login_link, password, recovery_code, second_factor, login_identity):
        tx.execute(delete(one).where(one.c.user_id == user_id))
