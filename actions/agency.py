"""What the agency sets for all of its clients."""

from __future__ import annotations

from dataclasses import dataclass, replace

from actions.actor import Right
from actions.follow_up import WorkedOff, work_off
from actions.session import Session
from leads.errors import UsageError
from leads.store import agency, events
from leads.store.agency import BetweenClients
from outreach.run import between_clients

__all__ = ["AgencySet", "BetweenClients", "set_between_clients", "show"]

#: More would hold companies for good.
MOST_DAYS = 365


@dataclass(frozen=True, slots=True)
class AgencySet:
    """What the agency has set now, and the work that followed."""

    before: BetweenClients
    after: BetweenClients
    work: WorkedOff


def show(session: Session) -> BetweenClients:
    """How long a company that was worked for one client is held for all others."""
    with session.read(Right.LOOK) as work:
        return agency.between_clients(work.tx)


def set_between_clients(
    session: Session, *, days: int | None, groups: bool | None, dry_run: bool = False
) -> AgencySet:
    """Set how long a worked company is held for other clients; None: no change."""
    if days is not None and not 0 <= days <= MOST_DAYS:
        raise UsageError(f"{days} is not a number of days from 0 to {MOST_DAYS}", "0 is off")
    with session.write(Right.ADMINISTER, dry_run=dry_run) as work:
        work.check_every_client()
        before = agency.between_clients(work.tx)
        after = before
        if days is not None:
            after = replace(after, days=days)
        if groups is not None:
            after = replace(after, groups=groups)
        changes = between_clients.change_rule(work.tx, after)
        line = events.Happened(
            verb="changed",
            thing="agency",
            thing_id="between clients",
            who=work.actor.name,
            reason=f"{after.days} days, {'with' if after.groups else 'without'} groups",
        )
        events.log(work.tx, [line])
        if not dry_run:
            work.follow(changes)
    return AgencySet(before, after, WorkedOff() if dry_run else work_off(session))
