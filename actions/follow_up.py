"""Do the work that an action caused, so that the next action sees its results."""

from __future__ import annotations

from actions.session import Session
from leads.store.ledger.pauses import Pause
from workers.inline import work_off_own
from workers.own_work import WorkedOff
from workers.pipeline import CHEAP

__all__ = ["Pause", "WorkedOff", "work_off"]


def work_off(session: Session) -> WorkedOff:
    """Do the tasks this session caused, except visits to sites: `run`, `crawl` and workers do those."""
    return work_off_own(session.context(), CHEAP)
