"""The users of an installation: their role and the clients they work for."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, func, insert, select, update

from leads.clock import now
from leads.errors import NotAllowedError, UsageError
from leads.ids import new_id
from leads.store import driver
from leads.store.engine import Tx
from leads.store.schema import app_user, user_client


@dataclass(frozen=True, slots=True)
class UserRow:
    """One user as stored."""

    id: UUID
    name: str
    role: str
    created_at: datetime
    #: The clients in the user's scope; None: every client.
    clients: frozenset[UUID] | None = None


_NAMED = (
    select(app_user.c.id, app_user.c.name, app_user.c.role, app_user.c.created_at)
    .add_columns(user_client.c.client_id)
    .outerjoin(user_client, user_client.c.user_id == app_user.c.id)
    .where(app_user.c.name == bindparam("named"))
)
_ANY_ADMIN = select(app_user.c.id).where(app_user.c.role == "admin").limit(1)


def find(tx: Tx, name: str) -> UserRow | None:
    """Find a user by name."""
    rows = driver.read(tx, _NAMED, {"named": name})
    if not rows:
        return None
    clients = {row[-1] for row in rows if row[-1] is not None}
    user_id, stored, role, created_at, _ = rows[0]
    return UserRow(user_id, stored, role, created_at, _scope(clients))


def every(tx: Tx) -> list[UserRow]:
    """List all users by name."""
    scopes: dict[UUID, set[UUID]] = {}
    for row in tx.execute(select(user_client.c.user_id, user_client.c.client_id)):
        scopes.setdefault(row.user_id, set()).add(row.client_id)

    rows = tx.execute(select(app_user).order_by(app_user.c.name))
    return [
        UserRow(row.id, row.name, row.role, row.created_at, _scope(scopes.get(row.id)))
        for row in rows
    ]


def any_admin(tx: Tx) -> bool:
    """Check whether somebody is an admin: from then on only known users may act."""
    return driver.first(tx, _ANY_ADMIN, {}) is not None


def add(tx: Tx, name: str, role: str, clients: Collection[UUID] = ()) -> UserRow:
    """Add a user; NotAllowedError when the name is taken."""
    if taken := alike(tx, name):
        raise NotAllowedError(
            f"there is a user {taken!r} already",
            "give each person a name of their own, such as with an initial: what is held, promised"
            " and counted goes by the name",
        )
    if not name.strip() or len(name) > 100 or not name.isprintable():
        raise UsageError(f"{name!r} cannot name a user", "use 1 to 100 printable characters")

    made = UserRow(new_id(), name, role, now(), _scope(set(clients)))
    tx.execute(
        insert(app_user).values(id=made.id, name=name, role=role, created_at=made.created_at)
    )
    for client_id in sorted(made.clients or ()):
        tx.execute(insert(user_client).values(user_id=made.id, client_id=client_id))
    return made


def alike(tx: Tx, name: str) -> str | None:
    """The user whose name nobody could tell from this one: `Ann` is `ann`."""
    names = tx.execute(select(app_user.c.name)).scalars()
    return next((one for one in names if _folded(one) == _folded(name)), None)


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def change(tx: Tx, user_id: UUID, role: str, clients: Collection[UUID] | None) -> None:
    """Give a user a role and a scope; None: every client."""
    tx.execute(update(app_user).where(app_user.c.id == user_id).values(role=role, rights_at=now()))
    tx.execute(delete(user_client).where(user_client.c.user_id == user_id))
    for client_id in sorted(clients or ()):
        tx.execute(insert(user_client).values(user_id=user_id, client_id=client_id))


def remove(tx: Tx, user_id: UUID) -> None:
    """Remove a user; what the user did stays under the name."""
    tx.execute(delete(user_client).where(user_client.c.user_id == user_id))
    tx.execute(delete(app_user).where(app_user.c.id == user_id))


def other_admins(tx: Tx, user_id: UUID) -> int:
    """How many other users are admins of every client."""
    limited = select(user_client.c.user_id)
    admins = select(func.count()).where(
        app_user.c.role == "admin", app_user.c.id != user_id, app_user.c.id.not_in(limited)
    )
    return int(tx.execute(admins).scalar_one())


def _scope(clients: set[UUID] | None) -> frozenset[UUID] | None:
    return frozenset(clients) if clients else None
