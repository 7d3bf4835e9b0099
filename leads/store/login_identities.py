"""Users as providers of single sign-on know them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select, update

from leads.clock import now
from leads.store.engine import Tx
from leads.store.schema import app_user, login_identity


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityRow:
    """Who may log in as a user by single sign-on."""

    user_id: UUID
    user: str
    issuer: str
    email: str | None
    #: None: nobody logged in yet.
    subject: str | None
    linked_by: str
    linked_at: datetime


def of_user(tx: Tx, user_id: UUID) -> IdentityRow | None:
    """The identity of a user."""
    return _one(tx, login_identity.c.user_id == user_id)


def of_subject(tx: Tx, issuer: str, subject: str) -> IdentityRow | None:
    """The identity of a provider's own id."""
    return _one(tx, (login_identity.c.issuer == issuer) & (login_identity.c.subject == subject))


def of_email(tx: Tx, issuer: str, email: str) -> IdentityRow | None:
    """The identity of an e-mail address that nobody has used yet."""
    return _one(
        tx,
        (login_identity.c.issuer == issuer)
        & (login_identity.c.email == email)
        & login_identity.c.subject.is_(None),
    )


def link(
    tx: Tx, user_id: UUID, issuer: str, *, email: str | None, subject: str | None, by: str
) -> bool:
    """Link a user, in place of what was linked before; False: another user has this identity."""
    given = {login_identity.c.email: email, login_identity.c.subject: subject}
    # Compared with NULL, every identity without an address or an id would be taken.
    same = or_(*(column == value for column, value in given.items() if value is not None))
    taken = _one(tx, and_(login_identity.c.issuer == issuer, same))
    if taken and taken.user_id != user_id:
        return False
    unlink(tx, user_id)
    values = {"email": email, "subject": subject, "linked_by": by, "linked_at": now()}
    tx.execute(insert(login_identity).values(user_id=user_id, issuer=issuer, **values))
    return True


def bind(tx: Tx, user_id: UUID, subject: str) -> bool:
    """Keep the provider's id of who logged in first by e-mail; False: somebody was faster."""
    done = (
        update(login_identity)
        .where(login_identity.c.user_id == user_id, login_identity.c.subject.is_(None))
        .values(subject=subject)
    )
    return tx.execute(done).rowcount == 1


def unlink(tx: Tx, user_id: UUID) -> bool:
    """Remove the identity of a user; False: the user had none."""
    gone = delete(login_identity).where(login_identity.c.user_id == user_id)
    return tx.execute(gone).rowcount == 1


def _one(tx: Tx, which: ColumnElement[bool]) -> IdentityRow | None:
    wanted = (
        select(login_identity, app_user.c.name.label("user"))
        .join(app_user, app_user.c.id == login_identity.c.user_id)
        .where(which)
    )
    row = tx.execute(wanted).mappings().first()
    return IdentityRow(**row) if row else None
