"""Do the work that an action caused, so that the next action sees its results."""

from __future__ import annotations

from dataclasses import dataclass

from actions.session import Session
from leads.store.ledger.own import MOST_COUNTED
from workers.inline import work_off_own
from workers.pipeline import CHEAP


@dataclass(frozen=True, slots=True)
class WorkedOff:
    """How many tasks were done, and how many of others wait."""

    done: int = 0
    #: Counted up to a limit, see `has_more_others`.
    others_waiting: int = 0

    @property
    def has_more_others(self) -> bool:
        """Whether more tasks of others may wait than were counted."""
        return self.others_waiting >= MOST_COUNTED


def work_off(session: Session) -> WorkedOff:
    """Do the tasks this session caused, except visits to sites: `run`, `crawl` and workers do those."""
    ended = work_off_own(session.context(), CHEAP)
    return WorkedOff(ended.done, ended.others_waiting)
