"""Who needs a second factor, who has one, and taking it from who lost it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from actions.actor import Right, Role
from actions.session import Session
from actions.user_log import log_user
from actions.users import own_or_changed, user_to_change
from leads.errors import NotFoundError, UsageError
from leads.store import agency, events, second_factors, users, web_sessions


@dataclass(frozen=True, slots=True)
class Factor:
    """Whether a user has a second factor."""

    since: datetime | None
    recovery_codes: int
    #: Whether the user's role needs one.
    is_required: bool


@dataclass(frozen=True, slots=True)
class UserFactor:
    """A user, and whether the user has a second factor and needs one."""

    user: str
    role: str
    has_factor: bool
    is_required: bool


def reset(session: Session, name: str) -> None:
    """Remove a user's second factor, such as for a lost phone; the user is logged out everywhere."""
    with session.write(Right.ADMINISTER) as work:
        user = user_to_change(work, name)
        if not second_factors.remove(work.tx, user.id):
            raise NotFoundError(f"{name} has no second factor", "there is nothing to reset")
        web_sessions.end_all(work.tx, user.id)
        log_user(work.tx, user.id, "second factor reset", work.actor.name, name)


def of_user(session: Session, name: str) -> Factor:
    """Whether the actor, or a user whom the actor administers, has a second factor."""
    with session.read(Right.ENTER) as work:
        user = own_or_changed(work, name)
        found = second_factors.find(work.tx, user.id)
        is_required = user.role in agency.second_factor_roles(work.tx)
        left = second_factors.recovery_codes_left(work.tx, user.id)
        return Factor(found.confirmed_at if found else None, left, is_required)


def list_factors(session: Session) -> list[UserFactor]:
    """List the users, and who has and needs a second factor."""
    with session.read(Right.ADMINISTER) as work:
        have, roles = second_factors.users_with(work.tx), agency.second_factor_roles(work.tx)
        return [
            UserFactor(one.name, one.role, one.id in have, one.role in roles)
            for one in users.every(work.tx)
        ]


def required_roles(session: Session) -> frozenset[str]:
    """The roles that need a second factor."""
    with session.read(Right.ADMINISTER) as work:
        return agency.second_factor_roles(work.tx)


def require(session: Session, roles: Collection[str]) -> int:
    """Let these roles need a second factor, and no others; how many users that logs out.

    Users of these roles without one set it up when they log in again.
    """
    if unknown := sorted(set(roles) - set(Role)):
        raise UsageError(f"{unknown[0]!r} is not a role", f"one of {', '.join(Role)}")
    with session.write(Right.ADMINISTER) as work:
        work.check_every_client()
        agency.set_second_factor_roles(work.tx, roles)
        have = second_factors.users_with(work.tx)
        lack = [one for one in users.every(work.tx) if one.role in roles and one.id not in have]
        out = sum(bool(web_sessions.end_all(work.tx, one.id)) for one in lack)
        line = events.Happened(
            verb="changed",
            thing="agency",
            thing_id="second factor",
            who=work.actor.name,
            reason=f"roles that need one: {', '.join(sorted(roles)) or 'none'}",
        )
        events.log(work.tx, [line])
    return out
