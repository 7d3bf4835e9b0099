"""What people decided about the background work: pauses, retries and what was discarded."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import literal_column, or_, select

from leads.store.engine import Tx
from leads.store.events import EventRow
from leads.store.schema import event

#: As the index `event_decided` has them.
_THINGS = ("everything", "queue", "client", "host", "tasks", "entry", "task")
_VERBS = ("paused", "resumed", "requeued", "discarded", "refused", "quarantined")
# Literals: neither database uses a partial index for bound values.
_DECIDED = tuple(
    column.in_([literal_column(repr(one)) for one in words])
    for column, words in ((event.c.thing, _THINGS), (event.c.verb, _VERBS))
)


def decided(
    tx: Tx, clients: Collection[UUID] | None, before: UUID | None, limit: int
) -> Sequence[EventRow]:
    """The newest decisions before an event, newest first; `clients` leaves out all others'."""
    columns = [event.c[name] for name in EventRow.__slots__]
    wanted = select(*columns).where(*_DECIDED)
    if before:
        wanted = wanted.where(event.c.id < before)
    if clients is not None:
        named = [str(one) for one in clients]
        paused = (event.c.thing == "client") & event.c.thing_id.in_(named)
        wanted = wanted.where(or_(event.c.client_id.in_(clients), paused))
    return [EventRow(*row) for row in tx.execute(wanted.order_by(event.c.id.desc()).limit(limit))]
