"""Lift suppressions whose time is over, before somebody asks for what may be contacted."""

from __future__ import annotations

from actions.actor import Right
from actions.follow_up import work_off
from actions.session import Session
from leads.store import suppression_expiry
from leads.store.scope import every_client
from outreach.run.lifting import lift_expired


def lift(session: Session, right: Right) -> None:
    """Bring back the companies whose suppressions expired; the sweeper of the workers does the same."""
    with session.read(right) as work:
        if not suppression_expiry.any_over(work.tx):
            return
    with session.write(right) as work, every_client(work.tx):
        work.follow(lift_expired(work.tx, session.secret))
    work_off(session)
