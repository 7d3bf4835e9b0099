"""What the actor did today."""

from __future__ import annotations

from dataclasses import dataclass

from actions.actor import Right
from actions.session import Session
from actions.where import Where, queue_user
from leads.store import Tx, own_day
from outreach.run import rules
from outreach.run.queue_user import QueueUser


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDay:
    """The actor's figures since midnight on the actor's own clock, in one campaign."""

    #: Results that the actor reported.
    calls: int
    #: Of those, in how many somebody was spoken to.
    reached: int
    #: Of those, how many became leads.
    interested: int
    #: Promised calls whose time came today, and how many of them were made.
    call_backs_due: int
    call_backs_kept: int


def own_day_of(session: Session, where: Where) -> OwnDay:
    """Count what the actor reported today."""
    with session.read(Right.VIEW) as work:
        return day_of(work.tx, queue_user(work, where))


def day_of(tx: Tx, user: QueueUser) -> OwnDay:
    """The same for a user whose transaction is open."""
    known = rules.in_force(tx, user.client_id).rules
    reports = own_day.reports_of(tx, user.seat, user.day_began)
    promises = frozenset(name for name, one in known.items() if one.promises)
    due = own_day.call_backs_due(tx, user.seat, promises, user.day_began)

    chosen = {name: count for name, count in reports.items() if name in known}
    return OwnDay(
        calls=sum(chosen.values()),
        reached=sum(count for name, count in chosen.items() if known[name].reached),
        interested=sum(
            count for name, count in chosen.items() if known[name].relationship == "lead"
        ),
        call_backs_due=due.due,
        call_backs_kept=due.kept,
    )
