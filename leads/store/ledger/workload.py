"""How many tasks wait, run, were done lately or were given up. Reads indexes, not the whole ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Subquery, func, select

from leads.clock import now
from leads.ids import floor_of
from leads.store.engine import Tx
from leads.store.ledger.asking import in_state
from leads.store.schema import client, event, task, verdict

#: Speed is measured over this time.
LATELY = timedelta(minutes=10)
#: A shorter time is counted as this long.
AT_LEAST = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class PendingCount:
    """How many tasks of a kind wait for a client."""

    kind: str
    client_id: UUID | None
    tasks: int


@dataclass(frozen=True, slots=True)
class RunningCount:
    """How many tasks of a kind run on a host."""

    kind: str
    host: str
    tasks: int


@dataclass(frozen=True, slots=True)
class GivenUpCount:
    """How many tasks of a kind were given up for a client: `dead` or `quarantined`."""

    kind: str
    client_id: UUID | None
    state: str
    tasks: int


@dataclass(frozen=True, slots=True)
class RefusedEntries:
    """How many queue entries were refused, and why the newest."""

    entries: int
    why: str


def waiting(tx: Tx) -> list[PendingCount]:
    """Tasks that wait, by kind and client."""
    counted = select(task.c.kind, task.c.client_id, func.count().label("n")).where(
        in_state("pending")
    )
    return [
        PendingCount(row.kind, row.client_id, row.n)
        for row in tx.execute(counted.group_by(task.c.kind, task.c.client_id))
    ]


def oldest(tx: Tx) -> dict[str, datetime]:
    """When the oldest task that waits was created, by kind."""
    # Ids sort by time and are in the index of waiting tasks. They are sorted, because PostgreSQL
    # before 18 has no min() for them.
    found = {}
    for kind in (
        tx.execute(select(task.c.kind).where(in_state("pending")).distinct()).scalars().all()
    ):
        some = _picked(select(task.c.id).where(task.c.kind == kind, in_state("pending")))
        found[kind] = _made(tx.execute(select(some.c.id).order_by(some.c.id).limit(1)).scalar_one())
    return found


def running(tx: Tx) -> list[RunningCount]:
    """Tasks that run, by kind and host."""
    some = _picked(select(task.c.kind, task.c.host).where(in_state("running")))
    rows = tx.execute(
        select(some.c.kind, some.c.host, func.count().label("n")).group_by(some.c.kind, some.c.host)
    )
    return [RunningCount(row.kind, row.host or "", row.n) for row in rows]


def overdue(tx: Tx, by: timedelta) -> int:
    """How many running tasks have a lease that expired so long ago; a sweeper should have found
    them.
    """
    late = in_state("running") & (task.c.lease_until < now() - by)
    return int(tx.execute(select(func.count()).where(late)).scalar() or 0)


def speeds(tx: Tx) -> dict[str, float]:
    """Tasks done per hour, by kind.

    Measured over the last ten minutes, or since the first task in that time; 30 seconds at least.
    """
    at = now()
    some = _picked(
        select(task.c.kind, task.c.finished_at).where(
            in_state("done"), task.c.finished_at > at - LATELY
        )
    )
    counted = select(
        some.c.kind, func.count().label("n"), func.min(some.c.finished_at).label("first")
    ).group_by(some.c.kind)
    return {
        row.kind: row.n * (timedelta(hours=1) / max(at - row.first, AT_LEAST))
        for row in tx.execute(counted)
    }


def done(tx: Tx, last: timedelta) -> dict[str, int]:
    """Tasks done in that time, by kind."""
    some = _picked(select(task.c.kind).where(in_state("done"), task.c.finished_at > now() - last))
    return {
        row.kind: row.n
        for row in tx.execute(select(some.c.kind, func.count().label("n")).group_by(some.c.kind))
    }


def _picked(rows: Select[*tuple[Any, ...]]) -> Subquery:
    """The rows, picked before they are grouped or sorted: the whole ledger would be read in that
    order otherwise.
    """
    return rows.limit(1_000_000).subquery()


def given_up(tx: Tx) -> list[GivenUpCount]:
    """Tasks that are not retried, by kind, client and state."""
    counted = select(task.c.kind, task.c.client_id, task.c.state, func.count().label("n")).where(
        in_state("dead", "quarantined")
    )
    rows = tx.execute(counted.group_by(task.c.kind, task.c.client_id, task.c.state))
    return [GivenUpCount(row.kind, row.client_id, row.state, row.n) for row in rows]


def new_prospects(tx: Tx, last: timedelta) -> int:
    """How many companies became prospects in that time."""
    since = floor_of(now() - last)
    made = select(func.count()).where(
        verdict.c.id > since, verdict.c.fit_stage == "prospect", verdict.c.superseded_at.is_(None)
    )
    return int(tx.execute(made).scalar() or 0)


def refused_entries(tx: Tx, last: timedelta) -> RefusedEntries:
    """The queue entries that workers refused in that time."""
    since = floor_of(now() - last)
    refused = select(event.c.reason, event.c.data).where(
        event.c.thing == "entry", event.c.verb == "refused", event.c.id > since
    )
    rows = tx.execute(refused.order_by(event.c.id.desc())).all()
    entries = sum(int(row.data.get("entries", 1)) for row in rows)
    return RefusedEntries(entries, rows[0].reason if rows else "")


def client_names(tx: Tx) -> dict[UUID, str]:
    """The name of each client."""
    return {row.id: row.name for row in tx.execute(select(client.c.id, client.c.name))}


def _made(id_: UUID) -> datetime:
    return datetime.fromtimestamp((id_.int >> 80) / 1000, UTC)
