"""What people decided about the background work: pauses, retries and what was discarded."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import or_, select

from leads.store.engine import Tx
from leads.store.events import EventRow
from leads.store.schema import event

#: Each is looked up in the index of things.
_THINGS = ("everything", "queue", "client", "host", "tasks", "entry", "task")
_VERBS = ("paused", "resumed", "requeued", "discarded", "refused", "quarantined")


def decided(
    tx: Tx, clients: Collection[UUID] | None, before: UUID | None, limit: int
) -> Sequence[EventRow]:
    """The newest decisions before an event, newest first; `clients` leaves out all others'."""
    columns = [event.c[name] for name in EventRow.__slots__]
    wanted = select(*columns).where(event.c.thing.in_(_THINGS), event.c.verb.in_(_VERBS))
    if before:
        wanted = wanted.where(event.c.id < before)
    if clients is not None:
        named = [str(one) for one in clients]
        paused = (event.c.thing == "client") & event.c.thing_id.in_(named)
        wanted = wanted.where(or_(event.c.client_id.in_(clients), paused))
    return [EventRow(*row) for row in tx.execute(wanted.order_by(event.c.id.desc()).limit(limit))]
