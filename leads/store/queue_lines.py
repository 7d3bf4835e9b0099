"""The rows of the queue as people list them: with the company's name and the holder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Select, and_, bindparam, or_, select, tuple_, union_all

from leads.clock import now
from leads.store import driver, leases
from leads.store.bound import CAMPAIGN, IDS
from leads.store.engine import Tx, chunks
from leads.store.ledger.statements import in_state
from leads.store.queue import ORDER, QueueRow
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
_BY_ID = _LINE.where(queue_entry.c.id.in_(IDS))
_MOST = bindparam("most", type_=Integer)
_ORDER: tuple[Any, ...] = ORDER
_KEYS: tuple[str, ...] = tuple(one.name for one in _ORDER)
#: The place of the id in a row of `ORDER`.
_ID = _KEYS.index("id")

_READY, _HELD = (in_state(state, of=queue_entry) for state in ("ready", "leased"))
#: What the indexes `queue_order` and `queue_not_free` hold, in their words.
_FREE = and_(_READY, queue_entry.c.not_before.is_(None))
_NOT_FREE = or_(_HELD, and_(_READY, queue_entry.c.not_before.is_not(None)))


def ready(
    tx: Tx, campaign_id: UUID, limit: int, after: Sequence[Any] | None = None
) -> list[QueueLine]:
    """The rows that are ready or held, best first; `after` are the sort keys of an earlier row."""
    given: dict[str, Any] = {"of_campaign": campaign_id, "most": limit}
    if after is not None:
        given |= {f"after_{name}": key for name, key in zip(_KEYS, after, strict=True)}
    ids = [row[_ID] for row in driver.read(tx, _first(is_behind=after is not None), given)]
    found: dict[UUID, QueueLine] = {}
    # Step by step: with one statement, a server might join the few ids with all rows.
    for some in chunks(ids):
        found |= {row.id: row for row in _of_ids(tx, some)}
    return [found[one] for one in ids]


@cache
def _first(*, is_behind: bool) -> Select[Any]:
    """Of each index its first rows, of these the first; `is_behind`: from behind a row on."""
    parts = []
    for of_index in (_FREE, _NOT_FREE):
        part = select(*ORDER).where(queue_entry.c.campaign_id == CAMPAIGN, of_index)
        if is_behind:
            behind = (bindparam(f"after_{one.name}", type_=one.type) for one in _ORDER)
            part = part.where(tuple_(*ORDER) > tuple_(*behind))
        parts.append(part.order_by(*ORDER).limit(_MOST).subquery())
    every = union_all(*map(select, parts)).subquery()
    return select(every).order_by(*(every.c[one.name] for one in ORDER)).limit(_MOST)


def held(tx: Tx, seat: Seat) -> list[QueueLine]:
    """The rows that a user holds now, longest held first."""
    at = now()
    # The few leases first: with one statement SQLite would read every row of the queue.
    mine = [one for one in leases.live(tx, seat.campaign_id, seat.user) if one.until > at]
    if not mine:
        return []
    rows = _of_ids(tx, [one.entry_id for one in mine])
    place = {one.entry_id: number for number, one in enumerate(mine)}
    return sorted(rows, key=lambda row: place[row.id])


def promised(tx: Tx, seat: Seat, limit: int) -> list[QueueLine]:
    """The call-backs that a user promised and nobody holds now, by their time."""
    wanted = _LINE.where(
        queue_entry.c.campaign_id == seat.campaign_id,
        queue_entry.c.state == "ready",
        queue_entry.c.promised_by == seat.user,
    )
    rows = tx.execute(wanted.order_by(queue_entry.c.not_before).limit(limit))
    return [QueueLine(**row) for row in rows.mappings()]


def _of_ids(tx: Tx, ids: Sequence[UUID]) -> list[QueueLine]:
    return [QueueLine(**row) for row in driver.read_named(tx, _BY_ID, {"ids": ids})]
