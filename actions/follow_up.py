"""Do the work that an action caused, so that the next action sees its results."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from actions.session import Session
from leads.store.ledger.pauses import Pause
from workers.inline import work_off_own
from workers.own_work import WorkedOff
from workers.pipeline import CHEAP, OF_SIGNALS

__all__ = ["OF_SIGNALS", "Pause", "WorkedOff", "work_off"]


def work_off(
    session: Session, kinds: Collection[str] = CHEAP, client_id: UUID | None = None
) -> WorkedOff:
    """Do the tasks of some kinds that this session caused; the default leaves visits to sites to
    `run`, `crawl` and workers.

    With a client also what an interrupted command left of that client.
    """
    return work_off_own(session.context(), kinds, client_id)
