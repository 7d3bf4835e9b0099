"""Read the log of who did what."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from actions.actor import Right
from actions.session import Session
from leads.store import events
from leads.store.events import EventRow

__all__ = ["EventRow", "events_page"]


def events_page(session: Session, after: str | None, limit: int) -> Sequence[EventRow]:
    """Events newest first, from behind an event on; those of the actor's clients alone, unless the
    actor sees every client.
    """
    with session.read(Right.MANAGE) as work:
        return events.page(work.tx, work.actor.clients, UUID(after) if after else None, limit)
