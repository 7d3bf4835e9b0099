"""What a user does with a prospect besides a disposition: return, skip, postpone, note, undo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from actions.actor import Right
from actions.follow_up import WorkedOff, work_off
from actions.session import Session
from actions.where import Where, queue_user
from leads.clock import now
from leads.store import company_search, leases
from outreach.run import desk, undoing
from outreach.run.desk import Until
from outreach.run.leasing import held_by
from outreach.run.undoing import Undone

__all__ = ["Postponed", "Undone", "UndoneAction", "Until"]

#: A lease that was renewed in this time is not renewed again.
RENEW_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Postponed:
    """The company that was put off, and the work that followed."""

    company: str
    work: WorkedOff


@dataclass(frozen=True, slots=True)
class UndoneAction:
    """What was undone, and the work that followed."""

    undone: Undone
    work: WorkedOff


def release(session: Session, where: Where, company: str | None) -> str:
    """Return a prospect to the queue; its name."""
    with session.write(Right.WORK_QUEUE) as work:
        user = queue_user(work, where)
        company_id = desk.release(work.tx, user, company)
        return company_search.get(work.tx, user.client_id, company_id).name


def renew(session: Session, where: Where, company_id: UUID) -> datetime:
    """Let the actor's leases last from now on, at most once a minute; until when they last.

    NotFoundError when the actor holds no prospect of that company.
    """
    with session.read(Right.WORK_QUEUE) as work:
        user = queue_user(work, where)
        mine = leases.live(work.tx, user.campaign_id, user.user)
        fresh = now() + user.lease - RENEW_EVERY
        for one in mine:
            if one.company_id == company_id and one.until > fresh:
                return one.until
    with session.write(Right.WORK_QUEUE) as work:
        return held_by(work.tx, queue_user(work, where), str(company_id)).until


def skip(session: Session, where: Where, reason: str, company: str | None) -> str:
    """Leave a prospect to others for a day; its name."""
    with session.write(Right.WORK_QUEUE) as work:
        user = queue_user(work, where)
        company_id = desk.skip(work.tx, user, reason, company)
        return company_search.get(work.tx, user.client_id, company_id).name


def postpone(
    session: Session, where: Where, until: Until, reason: str, company: str | None
) -> Postponed:
    """Let a prospect come back at a moment."""
    with session.write(Right.WORK_QUEUE) as work:
        user = queue_user(work, where)
        company_id, changes = desk.postpone(work.tx, user, until, reason, company)
        name = company_search.get(work.tx, user.client_id, company_id).name
        work.follow(changes)
    return Postponed(name, work_off(session))


def write_note(session: Session, where: Where, text: str, company: str | None) -> str:
    """Keep a note about a company; its name."""
    with session.write(Right.WORK_QUEUE) as work:
        user = queue_user(work, where)
        company_id = desk.write_note(work.tx, user, text, company)
        return company_search.get(work.tx, user.client_id, company_id).name


def undo(session: Session, where: Where, reason: str) -> UndoneAction:
    """Undo the actor's last action in the campaign."""
    with session.write(Right.WORK_QUEUE) as work:
        undone, changes = undoing.undo(work.tx, queue_user(work, where), reason)
        work.follow(changes)
    return UndoneAction(undone, work_off(session))
