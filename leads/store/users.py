"""The people who work with the queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select

from leads.clock import now
from leads.errors import NotAllowedError
from leads.ids import new_id
from leads.store.clients import checked_name
from leads.store.engine import Tx
from leads.store.schema import app_user


@dataclass(frozen=True, slots=True)
class UserRow:
    """One person."""

    id: UUID
    name: str
    role: str
    created_at: datetime


def every(tx: Tx) -> list[UserRow]:
    """All users, by name."""
    wanted = select(app_user.c.id, app_user.c.name, app_user.c.role, app_user.c.created_at)
    return [UserRow(*row) for row in tx.execute(wanted.order_by(app_user.c.name))]


def find_user(tx: Tx, name: str) -> UserRow | None:
    """The user of that name, if there is one."""
    return next((one for one in every(tx) if one.name == name), None)


def add_user(tx: Tx, name: str, role: str) -> UUID:
    """Add a person; NotAllowedError when the name is taken."""
    if tx.execute(select(app_user.c.id).where(app_user.c.name == name)).first():
        raise NotAllowedError(f"there is a user {name!r} already", "choose another name")
    made = new_id()
    tx.execute(
        insert(app_user).values(
            id=made, name=checked_name(name, "user"), role=role, created_at=now()
        )
    )
    return made
