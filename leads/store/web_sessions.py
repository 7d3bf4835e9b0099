"""The browsers in which users are logged in; cookies are stored as hashes only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, delete, insert, or_, select, update

from leads.clock import now
from leads.store import driver
from leads.store.engine import Tx
from leads.store.schema import app_user, web_session

_OWN = (
    "token_hash",
    "user_id",
    "form_key",
    "began_at",
    "seen_at",
    "agent",
    "network",
    "how",
    "needs",
    "token_at",
    "replaced_at",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """A browser in which a user is logged in."""

    token_hash: str
    user_id: UUID
    user: str
    #: When the user's rights were changed last.
    rights_at: datetime | None
    form_key: str
    began_at: datetime
    seen_at: datetime
    agent: str
    network: str
    how: str
    needs: str
    token_at: datetime | None
    replaced_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSession:
    """A browser in which a user logs in."""

    token_hash: str
    user_id: UUID
    form_key: str
    agent: str
    network: str
    how: str
    #: What the user must still show; empty: nothing.
    needs: str


def begin(tx: Tx, new: NewSession) -> None:
    """Log a user in, in one browser."""
    at = now()
    own = {name: getattr(new, name) for name in NewSession.__slots__}
    tx.execute(insert(web_session).values(began_at=at, seen_at=at, token_at=at, **own))


def find(tx: Tx, token_hash: str) -> SessionRow | None:
    """The session of a cookie."""
    return next(iter(_rows(tx, _BY_HASH, {"hashed": token_hash})), None)


def of_user(tx: Tx, user_id: UUID) -> Sequence[SessionRow]:
    """The sessions of a user, the one seen last first."""
    return _rows(tx, _OF_USER, {"of_user": user_id})


def _rows(tx: Tx, wanted: Select[Any], given: Mapping[str, Any]) -> Sequence[SessionRow]:
    return [SessionRow(**row) for row in driver.read_named(tx, wanted, given)]


_ROW: Select[Any] = (
    select(*(web_session.c[name] for name in _OWN))
    .add_columns(app_user.c.name.label("user"), app_user.c.rights_at)
    .join(app_user, app_user.c.id == web_session.c.user_id)
    .order_by(web_session.c.seen_at.desc())
)
_BY_HASH = _ROW.where(web_session.c.token_hash == bindparam("hashed"))
_OF_USER = _ROW.where(web_session.c.user_id == bindparam("of_user"))


def see(tx: Tx, token_hash: str) -> None:
    """Note that a session is in use."""
    tx.execute(
        update(web_session).where(web_session.c.token_hash == token_hash).values(seen_at=now())
    )


def replace(tx: Tx, old: SessionRow, token_hash: str) -> bool:
    """Give a session another cookie; False: it has one already, or is over."""
    at = now()
    marked = (
        update(web_session)
        .where(web_session.c.token_hash == old.token_hash, web_session.c.replaced_at.is_(None))
        .values(replaced_at=at)
    )
    if tx.execute(marked).rowcount != 1:
        return False
    kept = {name: getattr(old, name) for name in _OWN}
    made = kept | {"token_hash": token_hash, "token_at": at, "seen_at": at, "replaced_at": None}
    tx.execute(insert(web_session).values(made))
    return True


def end(tx: Tx, token_hashes: Sequence[str]) -> None:
    """Log browsers out."""
    tx.execute(delete(web_session).where(web_session.c.token_hash.in_(token_hashes)))


def end_all(tx: Tx, user_id: UUID, but: str = "") -> int:
    """Log a user out everywhere, or everywhere but in one browser; how many sessions that ended."""
    gone = delete(web_session).where(
        web_session.c.user_id == user_id, web_session.c.token_hash != but
    )
    return tx.execute(gone).rowcount


def forget_ended(
    tx: Tx, user_id: UUID, began: datetime, seen: datetime, replaced: datetime
) -> None:
    """Delete sessions of a user that began, were seen or were replaced before these times."""
    is_over = or_(
        web_session.c.began_at < began,
        web_session.c.seen_at < seen,
        web_session.c.replaced_at < replaced,
    )
    tx.execute(delete(web_session).where(web_session.c.user_id == user_id, is_over))
