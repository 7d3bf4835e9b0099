"""Users: add, change, remove, list and show them; each has a role and a client scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches
from uuid import UUID

from actions.actor import Actor, Right, Role
from actions.ending_inboxes import end_inboxes_of
from actions.ending_shares import end_shares_of
from actions.session import Session, Transaction, check_actor
from actions.user_log import log_user
from actions.where import user_of
from leads.errors import NotAllowedError, NotFoundError, UsageError
from leads.store import (
    agency,
    api_tokens,
    campaigns,
    clients,
    logins,
    second_factors,
    user_defaults,
    users,
    web_sessions,
)
from leads.store.users import UserRow
from outreach.run.leaving import Left, leave

__all__ = ["ChangedUser", "Left", "NewRights", "User"]


@dataclass(frozen=True, slots=True)
class User:
    """One user."""

    id: UUID
    name: str
    role: Role
    created_at: datetime
    #: The names of the clients in the user's scope; None: every client.
    clients: Sequence[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRights:
    """What a user is to get; what is not named stays."""

    role: str | None = None
    clients: Sequence[str] = ()
    every_client: bool = False


@dataclass(frozen=True, slots=True)
class ChangedUser:
    """A user before and after; None: the user is no more."""

    before: User
    after: User | None
    left: Left


def add_user(session: Session, name: str, role: str, client_names: Sequence[str] = ()) -> User:
    """Add a user who sees only these clients, or every client when none is named."""
    if role not in list(Role):
        raise UsageError(f"{role!r} is not a role", f"one of {', '.join(Role)}")
    _check_scope(role, is_limited=bool(client_names))

    with session.write(Right.ADMINISTER) as work:
        if not client_names:
            work.check_every_client()
        scope = [work.client(one) for one in client_names]
        return _user(work, users.add(work.tx, name, role, scope))


def change_user(
    session: Session, name: str, wanted: NewRights, *, dry_run: bool = False
) -> ChangedUser:
    """Give a user another role or other clients; what is out of reach then is given back."""
    _check_wanted(wanted)
    with session.write(Right.ADMINISTER, dry_run=dry_run) as work:
        before = user_to_change(work, name)
        scope = _new_scope(work, before, wanted)
        after = replace(before, role=wanted.role or before.role, clients=scope)
        _check_scope(after.role, is_limited=scope is not None)
        if not _is_full_admin(after):
            _check_not_last_admin(work, before)
        users.change(work.tx, before.id, after.role, scope)
        if after.role != before.role and _lacks_factor(work, after):
            web_sessions.end_all(work.tx, before.id)
        left = _leave(work, before, after)
        _log(work, before, "user changed", f"{_rights(work, before)} → {_rights(work, after)}")
        return ChangedUser(_user(work, before), _user(work, after), left)


def _lacks_factor(work: Transaction, row: UserRow) -> bool:
    is_needed = row.role in agency.second_factor_roles(work.tx)
    return is_needed and row.id not in second_factors.users_with(work.tx)


def _check_scope(role: str, *, is_limited: bool) -> None:
    if role == Role.VIEWER and not is_limited:
        raise UsageError(
            "a viewer is a person of a client, and sees that client alone", "add --client NAME"
        )


def _check_wanted(wanted: NewRights) -> None:
    if wanted.role is not None and wanted.role not in list(Role):
        raise UsageError(f"{wanted.role!r} is not a role", f"one of {', '.join(Role)}")
    if wanted.clients and wanted.every_client:
        raise UsageError("--client and --every-client exclude each other", "leave one of them out")
    if not (wanted.role or wanted.clients or wanted.every_client):
        raise UsageError("nothing to change", "name --role, --client or --every-client")


def _new_scope(work: Transaction, before: UserRow, wanted: NewRights) -> frozenset[UUID] | None:
    scope = None if wanted.every_client else before.clients
    if wanted.clients:
        scope = frozenset(work.client(one) for one in wanted.clients)
    if scope is None:
        work.check_every_client()
    return scope


def remove_user(session: Session, name: str, *, dry_run: bool = False) -> ChangedUser:
    """Remove a user, who may act no more; leases are given back, call-backs are anybody's."""
    with session.write(Right.ADMINISTER, dry_run=dry_run) as work:
        row = user_to_change(work, name)
        _check_not_last_admin(work, row)
        left = _leave(work, row, None)
        before = _user(work, row)
        api_tokens.remove(work.tx, [one.id for one in api_tokens.of_user(work.tx, row.id)])
        end_shares_of(work, row.name)
        end_inboxes_of(work, row.name)
        logins.remove(work.tx, row.id)
        users.remove(work.tx, row.id)
        user_defaults.remove(work.tx, row.name)
        _log(work, row, "user removed", _rights(work, row))
        return ChangedUser(before, None, left)


def list_users(session: Session) -> list[User]:
    """List the users, by name."""
    with session.read(Right.LOOK) as work:
        return [_user(work, one) for one in users.every(work.tx)]


def show_user(session: Session, name: str) -> User:
    """Show a user; NotFoundError when there is none of that name."""
    with session.read(Right.LOOK) as work:
        return _user(work, found_user(work, name))


def found_user(work: Transaction, name: str) -> UserRow:
    """The user of that name; NotFoundError when there is none."""
    found = users.find(work.tx, name)
    if found is None:
        near = get_close_matches(name, [one.name for one in users.every(work.tx)], 1)
        hint = f"did you mean {near[0]!r}?" if near else "see `sluice user list`"
        raise NotFoundError(f"there is no user {name!r}", hint)
    return found


def user_to_change(work: Transaction, name: str) -> UserRow:
    """The user, whose clients the actor must all see."""
    found = found_user(work, name)
    if found.clients is None or not all(work.actor.sees(one) for one in found.clients):
        work.check_every_client()
    return found


def own_or_changed(work: Transaction, name: str) -> UserRow:
    """The actor's own user, or one whom the actor administers."""
    if name == work.actor.name:
        return found_user(work, name)
    check_actor(work.actor, Right.ADMINISTER)
    return user_to_change(work, name)


def _is_full_admin(row: UserRow) -> bool:
    return row.role == Role.ADMIN and row.clients is None


def _check_not_last_admin(work: Transaction, row: UserRow) -> None:
    if _is_full_admin(row) and not users.other_admins(work.tx, row.id):
        raise NotAllowedError(
            f"{row.name} is the last admin for every client",
            "first make another one: `sluice user add NAME --role admin`",
        )


def _leave(work: Transaction, before: UserRow, after: UserRow | None) -> Left:
    """Give back what the user holds in the queues that are out of reach now."""
    works = after is not None and Actor(after.name, Role(after.role)).may(Right.WORK_QUEUE)
    left = Left()
    # What the user held for clients that the actor does not see was given back before.
    for client in filter(lambda one: work.actor.sees(one.id), clients.every(work.tx)):
        stays = works and after and (after.clients is None or client.id in after.clients)
        for one in () if stays else campaigns.of_client(work.tx, client.id):
            left += leave(work.tx, user_of(work.session, before.name, client.id, one.id))
    return left


def _rights(work: Transaction, row: UserRow) -> str:
    scope = _user(work, row).clients
    return f"{row.role} of {'every client' if scope is None else ', '.join(scope)}"


def _log(work: Transaction, row: UserRow, verb: str, reason: str) -> None:
    log_user(work.tx, row.id, verb, work.actor.name, f"{row.name}: {reason}")


def _user(work: Transaction, row: UserRow) -> User:
    """Make a user of a row; clients outside the actor's own scope are not named."""
    scope = None
    if row.clients is not None:
        rows = clients.every(work.tx)
        scope = [one.name for one in rows if one.id in row.clients and work.actor.sees(one.id)]
    return User(row.id, row.name, Role(row.role), row.created_at, scope)
