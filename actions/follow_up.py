"""Do the work that an action caused, so that the next action sees its results."""

from __future__ import annotations

from collections.abc import Collection

from actions.session import Session
from leads.store.ledger.pauses import Pause
from workers.inline import work_off_own
from workers.own_work import WorkedOff
from workers.pipeline import CHEAP, OF_SIGNALS

__all__ = ["OF_SIGNALS", "Pause", "WorkedOff", "work_off"]


def work_off(session: Session, kinds: Collection[str] = CHEAP) -> WorkedOff:
    """Do the tasks of some kinds that this session caused; the default leaves visits to sites to
    `run`, `crawl` and workers.
    """
    return work_off_own(session.context(), kinds)
