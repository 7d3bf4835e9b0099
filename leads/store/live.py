"""What happened lately, for pages that show it without being reloaded: small looks at indexes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from leads.clock import now
from leads.ids import floor_of
from leads.store.engine import Tx, chunks
from leads.store.ledger.asking import in_state
from leads.store.schema import crew, event, failure, lease, pause, queue_entry, task

#: Things of the log that pages follow.
_FOLLOWED = ("company", "list")


@dataclass(frozen=True, slots=True)
class Touched:
    """A company or list of a client that something happened to."""

    event_id: UUID
    client_id: UUID
    thing: str
    thing_id: str


def touched_since(tx: Tx, since: datetime, limit: int) -> Sequence[Touched]:
    """The newest of what happened since then, newest first."""
    wanted = (
        select(event.c.id, event.c.client_id, event.c.thing, event.c.thing_id)
        .where(
            event.c.id >= floor_of(since),
            event.c.client_id.is_not(None),
            event.c.thing.in_(_FOLLOWED),
        )
        .order_by(event.c.id.desc())
        .limit(limit)
    )
    return [
        Touched(row.id, row.client_id, row.thing, row.thing_id)
        for row in tx.execute(wanted)
        if row.client_id is not None
    ]


def holders(tx: Tx, company_ids: Collection[UUID]) -> Mapping[UUID, Mapping[UUID, str]]:
    """Who holds the companies now, by company and campaign."""
    found: dict[UUID, dict[UUID, str]] = {}
    for some in chunks(list(company_ids)):
        wanted = (
            select(queue_entry.c.company_id, queue_entry.c.campaign_id, lease.c.user)
            .join(lease, lease.c.queue_entry_id == queue_entry.c.id)
            .where(
                queue_entry.c.company_id.in_(some),
                lease.c.ended_at.is_(None),
                lease.c.until > now(),
            )
        )
        for row in tx.execute(wanted):
            found.setdefault(row.company_id, {})[row.campaign_id] = row.user
    return found


def pulse(tx: Tx) -> tuple[str, ...]:
    """A text for each part of the background work; it differs when something moved there."""
    done = select(func.max(task.c.finished_at)).where(in_state("done"))
    looks: Sequence[Select[Any]] = (
        select(task.c.id).order_by(task.c.id.desc()).limit(1),
        done,
        select(failure.c.id).order_by(failure.c.id.desc()).limit(1),
        select(func.count()).select_from(pause),
        select(func.max(crew.c.seen_at)),
    )
    return tuple(str(tx.execute(one).scalar()) for one in looks)
