"""Users: add one with a role and a client scope, list them, show one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from actions.actor import Right, Role
from actions.session import Session, Transaction
from leads.errors import NotFoundError, UsageError
from leads.store import clients, users
from leads.store.users import UserRow


@dataclass(frozen=True, slots=True)
class User:
    """One user."""

    id: UUID
    name: str
    role: Role
    created_at: datetime
    #: The names of the clients in the user's scope; None: every client.
    clients: Sequence[str] | None


def add_user(session: Session, name: str, role: str, client_names: Sequence[str] = ()) -> User:
    """Add a user who sees only these clients, or every client when none is named."""
    if role not in list(Role):
        raise UsageError(f"{role!r} is not a role", f"one of {', '.join(Role)}")

    with session.write(Right.ADMINISTER) as work:
        if not client_names:
            work.check_every_client()
        scope = [work.client(one) for one in client_names]
        return _user(work, users.add(work.tx, name, role, scope))


def list_users(session: Session) -> list[User]:
    """List the users, by name."""
    with session.read() as work:
        return [_user(work, one) for one in users.every(work.tx)]


def show_user(session: Session, name: str) -> User:
    """Show a user; NotFoundError when there is none of that name."""
    with session.read() as work:
        found = users.find(work.tx, name)
        if found is None:
            raise NotFoundError(f"there is no user {name!r}", "see `sluice user list`")
        return _user(work, found)


def _user(work: Transaction, row: UserRow) -> User:
    """Make a user of a row; clients outside the actor's own scope are not named."""
    scope = None
    if row.clients is not None:
        rows = clients.every(work.tx)
        scope = [one.name for one in rows if one.id in row.clients and work.actor.sees(one.id)]
    return User(row.id, row.name, Role(row.role), row.created_at, scope)
