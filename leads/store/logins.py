"""Passwords, one-time links and sessions of users; tokens are stored as hashes only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, insert, select, update

from leads.clock import now
from leads.store.engine import Tx
from leads.store.schema import app_user, login_link, password, web_session


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A browser in which a user is logged in."""

    token_hash: str
    user_id: UUID
    user: str
    form_key: str
    began_at: datetime
    seen_at: datetime
    agent: str


def password_hash(tx: Tx, user_id: UUID) -> str | None:
    """The hash of a user's password; None: the user has none."""
    wanted = select(password.c.argon2).where(password.c.user_id == user_id)
    return tx.execute(wanted).scalar_one_or_none()


def set_password(tx: Tx, user_id: UUID, argon2: str) -> None:
    """Replace a user's password."""
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


def begin(tx: Tx, token_hash: str, user_id: UUID, form_key: str, agent: str) -> None:
    """Log a user in, in one browser."""
    at = now()
    values = {"form_key": form_key, "began_at": at, "seen_at": at, "agent": agent}
    tx.execute(insert(web_session).values(token_hash=token_hash, user_id=user_id, **values))


def session(tx: Tx, token_hash: str) -> SessionRow | None:
    """The session of a token."""
    return next(iter(_sessions(tx, web_session.c.token_hash == token_hash)), None)


def sessions_of(tx: Tx, user_id: UUID) -> Sequence[SessionRow]:
    """The sessions of a user, the one seen last first."""
    return _sessions(tx, web_session.c.user_id == user_id)


def _sessions(tx: Tx, which: ColumnElement[bool]) -> Sequence[SessionRow]:
    columns = [web_session.c[name] for name in ("token_hash", "user_id", "form_key")]
    times = [web_session.c[name] for name in ("began_at", "seen_at", "agent")]
    wanted = (
        select(*columns, app_user.c.name.label("user"), *times)
        .join(app_user, app_user.c.id == web_session.c.user_id)
        .where(which)
        .order_by(web_session.c.seen_at.desc())
    )
    return [SessionRow(**row) for row in tx.execute(wanted).mappings()]


def see(tx: Tx, token_hash: str) -> None:
    """Note that a session is in use."""
    tx.execute(
        update(web_session).where(web_session.c.token_hash == token_hash).values(seen_at=now())
    )


def end(tx: Tx, token_hash: str) -> None:
    """Log one browser out."""
    tx.execute(delete(web_session).where(web_session.c.token_hash == token_hash))


def end_all(tx: Tx, user_id: UUID) -> int:
    """Log a user out everywhere; how many sessions that ended."""
    return tx.execute(delete(web_session).where(web_session.c.user_id == user_id)).rowcount


def remove(tx: Tx, user_id: UUID) -> None:
    """Remove everything with which a user logs in."""
    for one in (web_session, login_link, password):
        tx.execute(delete(one).where(one.c.user_id == user_id))
