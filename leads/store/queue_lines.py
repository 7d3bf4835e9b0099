"""The rows of the queue as people list them: with the company's name and the holder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, or_, select, tuple_, union_all

from leads.clock import now
from leads.store import leases
from leads.store.engine import Tx, chunks
from leads.store.ledger.statements import in_state
from leads.store.queue import ORDER, QueueRow, columns_of
from leads.store.schema import company, lease, queue_entry
from leads.store.seat import Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLine(QueueRow):
    """A row of the queue with the company's name, and who holds it until when."""

    name: str
    user: str | None
    until: datetime | None

    @property
    def is_due(self) -> bool:
        """Whether its time has come."""
        return self.not_before is not None and self.not_before <= now()


_LINE: Select[Any] = (
    select(queue_entry, company.c.name, lease.c.user, lease.c.until)
    .join(company, company.c.id == queue_entry.c.company_id)
    .outerjoin(lease, (lease.c.queue_entry_id == queue_entry.c.id) & lease.c.ended_at.is_(None))
)


_READY, _HELD = (in_state(state, of=queue_entry) for state in ("ready", "leased"))
#: What the indexes `queue_order` and `queue_not_free` hold, in their words.
_FREE = and_(_READY, queue_entry.c.not_before.is_(None))
_NOT_FREE = or_(_HELD, and_(_READY, queue_entry.c.not_before.is_not(None)))


def ready(
    tx: Tx, campaign_id: UUID, limit: int, after: Sequence[Any] | None = None
) -> list[QueueLine]:
    """The rows that are ready or held, best first; `after` are the sort keys of an earlier row."""
    parts = []
    for of_index in (_FREE, _NOT_FREE):
        part = select(*ORDER).where(queue_entry.c.campaign_id == campaign_id, of_index)
        if after is not None:
            part = part.where(tuple_(*ORDER) > tuple_(*after))
        parts.append(part.order_by(*ORDER).limit(limit).subquery())
    every = union_all(*map(select, parts)).subquery()
    first = select(every).order_by(*(every.c[one.name] for one in ORDER)).limit(limit)
    ids = [row.id for row in tx.execute(first)]
    found: dict[UUID, QueueLine] = {}
    # Step by step: with one statement, a server might join the few ids with all rows.
    for some in chunks(ids):
        found |= {row.id: row for row in _lines(tx, _LINE.where(queue_entry.c.id.in_(some)))}
    return [found[one] for one in ids]


def held(tx: Tx, seat: Seat) -> list[QueueLine]:
    """The rows that a user holds now, longest held first."""
    at = now()
    # The few leases first: with one statement SQLite would read every row of the queue.
    mine = [one for one in leases.live(tx, seat.campaign_id, seat.user) if one.until > at]
    rows = _lines(tx, _LINE.where(queue_entry.c.id.in_([one.entry_id for one in mine])))
    place = {one.entry_id: number for number, one in enumerate(mine)}
    return sorted(rows, key=lambda row: place[row.id])


def promised(tx: Tx, seat: Seat, limit: int) -> list[QueueLine]:
    """The call-backs that a user promised and nobody holds now, by their time."""
    wanted = _LINE.where(
        queue_entry.c.campaign_id == seat.campaign_id,
        queue_entry.c.state == "ready",
        queue_entry.c.promised_by == seat.user,
    )
    return _lines(tx, wanted.order_by(queue_entry.c.not_before).limit(limit))


def _lines(tx: Tx, wanted: Select[Any]) -> list[QueueLine]:
    return [
        QueueLine(**columns_of(row), name=row["name"], user=row["user"], until=row["until"])
        for row in tx.execute(wanted).mappings()
    ]
