"""The ledger: tasks are asked for in the transaction of their cause, claimed by a conditional
UPDATE and finished under its fence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select, update

from leads.clock import now
from leads.store.engine import Tx, chunks
from leads.store.ledger.asking import CODE_VERSION, FAR, NOW, Wanted, ask, in_state
from leads.store.ledger.pauses import Paused, clients_waiting, paused, queue_of_waiting
from leads.store.schema import task

__all__ = ["CODE_VERSION", "NOW", "Claimed", "Wanted", "ask"]

#: After so many errors a task is dead.
MAX_ERRORS = 5
#: After the deaths of so many workers a task is quarantined.
MAX_CRASHES = 4


@dataclass(frozen=True, slots=True)
class Claimed:
    """A task in this process's hands until its lease ends; `attempt` is the fence."""

    id: UUID
    kind: str
    key: str
    client_id: UUID | None
    attempt: int
    trace_id: str
    priority: int
    errors: int = 0


def claim(
    tx: Tx,
    kinds: Sequence[str],
    limit: int,
    host: str,
    lease: timedelta,
    ids: Sequence[UUID] | None = None,
) -> list[Claimed]:
    """Up to `limit` due tasks of the first of `kinds` that has any, now running under `host` until
    the lease ends.

    A key that is running stays out, so that one thing is worked on by one worker at a time; and so
    does what is paused.
    """
    held = paused(tx)
    if held.stops(host):
        return []
    at = now()
    for kind in kinds:
        # Read first, then update: PostgreSQL may run a locking subquery twice, and would take more
        # than the limit.
        chosen = _first(
            tx,
            kind,
            held,
            limit,
            *([] if ids is None else [task.c.id.in_(ids)]),
            bounded=ids is not None,
        )
        rows = (
            [Claimed(*row) for row in tx.execute(_take(chosen, host, at + lease))] if chosen else []
        )
        if rows:
            return sorted(rows, key=lambda row: row.id)
    return []


def _take(chosen: Sequence[UUID], host: str, until: datetime) -> Any:
    columns = (
        task.c.id,
        task.c.kind,
        task.c.key,
        task.c.client_id,
        task.c.attempt,
        task.c.trace_id,
        task.c.priority,
        task.c.errors,
    )
    running = {
        "state": "running",
        "attempt": task.c.attempt + 1,
        "host": host,
        "lease_until": until,
    }
    return (
        update(task)
        .where(task.c.id.in_(chosen), in_state("pending"))
        .values(**running)
        .returning(*columns)
    )


def _is_busy() -> ColumnElement[bool]:
    other = task.alias("other")
    return exists().where(
        other.c.kind == task.c.kind,
        other.c.key == task.c.key,
        in_state("running", of=other),
        other.c.id != task.c.id,
    )


def _first(
    tx: Tx, kind: str, held: Paused, limit: int, *also: ColumnElement[bool], bounded: bool = False
) -> list[UUID]:
    """The first of the due tasks of a kind. Those that were in a worker's hands when it died go in
    smaller lots, in the end alone: so the one that kills is found, and the others are not given up
    with it. `bounded`: `also` leaves few to be looked at.
    """
    rows = [
        row
        for whose in _let_through(tx, kind, held, bounded=bounded)
        for row in _due(tx, kind, limit, *also, *whose)
    ]
    rows.sort(key=lambda row: (row.priority, row.turn, row.id))
    if not rows:
        return []
    caution = min(rows[0].crashes, 2)
    same = [row.id for row in rows[:limit] if min(row.crashes, 2) == caution]
    return same[: (limit, max(1, limit // 10), 1)[caution]]


def _let_through(
    tx: Tx, kind: str, held: Paused, *, bounded: bool
) -> list[list[ColumnElement[bool]]]:
    """Conditions under which tasks of a kind are not paused, each of which reads an index from its
    front: what is paused may be long, and would be read through again and again.
    """
    if held.everything or (held.queues and queue_of_waiting(tx, kind) in held.queues):
        return []
    if bounded or not held.clients:
        return [held.lets_through()]
    return [
        [task.c.client_id == one] for one in clients_waiting(tx, kind) if one not in held.clients
    ] + [[task.c.client_id.is_(None)]]


def _due(
    tx: Tx, kind: str, limit: int, *also: ColumnElement[bool]
) -> Sequence[Row[Any, Any, Any, Any]]:
    columns = (task.c.id, task.c.crashes, task.c.priority, task.c.turn)
    due = select(*columns).where(
        task.c.kind == kind, in_state("pending"), task.c.not_before <= now(), ~_is_busy(), *also
    )
    due = due.order_by(task.c.priority, task.c.turn, task.c.id).limit(limit)
    if tx.dialect.name == "postgresql":
        due = due.with_for_update(skip_locked=True, of=task)
    return tx.execute(due).all()


def hand_over(tx: Tx, kind: str, limit: int, job: str) -> list[UUID]:
    """The ids of up to `limit` due tasks that are in no queue entry; they are taken to be in the
    entry `job` from now on.
    """
    at = now()
    chosen = _first(tx, kind, paused(tx), limit, task.c.job.is_(None))
    if chosen:
        tx.execute(update(task).where(task.c.id.in_(chosen)).values(job=job, dispatched_at=at))
    return chosen


def has_handed_over(tx: Tx, since: datetime) -> bool:
    """Whether a task that still waits was handed over before `since`."""
    long_ago = (task.c.dispatched_at < since) | (task.c.dispatched_at > now() + FAR)
    handed = select(task.c.id).where(in_state("pending"), task.c.job.is_not(None), long_ago)
    return tx.execute(handed.limit(1)).first() is not None


def take_back(tx: Tx, living: Iterable[str], since: datetime) -> int:
    """Free the tasks whose queue entry was made before `since` and lives no more, to be handed over
    again; how many.
    """
    handed, newest = (
        select(task.c.job).where(in_state("pending"), task.c.job.is_not(None)).group_by(task.c.job),
        func.max(task.c.dispatched_at),
    )
    jobs = set(
        tx.execute(handed.having(or_(newest < since, newest > now() + FAR))).scalars()
    ) - set(living)
    freed = 0
    for some in chunks(sorted(job for job in jobs if job), 500):
        lost = update(task).where(in_state("pending"), task.c.job.in_(some))
        freed += tx.execute(lost.values(job=None, dispatched_at=None)).rowcount
    return freed


def unfinished(tx: Tx, kinds: Collection[str] | None = None) -> int:
    """How many tasks wait or run; of these kinds alone when some are given."""
    some = [] if kinds is None else [task.c.kind.in_(kinds)]
    waits, runs = (
        select(func.count()).where(in_state(state), *some).scalar_subquery()
        for state in ("pending", "running")
    )
    # One statement, so one moment: a task that ends between two counts leaves its followers to
    # neither.
    return int(tx.execute(select(waits + runs)).scalar() or 0)


def finished_since(tx: Tx, moment: datetime, kinds: Collection[str]) -> int:
    """How many tasks of these kinds were done since."""
    lately = select(func.count()).where(
        in_state("done"), task.c.finished_at >= moment, task.c.kind.in_(kinds)
    )
    return int(tx.execute(lately).scalar() or 0)


@dataclass(frozen=True, slots=True)
class Open:
    """Tasks that were not done: given up, and waiting or running still."""

    failed: int
    waiting: int


def left_open(tx: Tx, client_id: UUID, trace_id: str, kinds: Collection[str]) -> Open:
    """What of a client's work is not done, and of what this trace caused for everyone; what a later
    task made up for does not count.
    """
    later = task.alias("later")
    mine = or_(
        task.c.client_id == client_id, and_(task.c.client_id.is_(None), task.c.trace_id == trace_id)
    )
    overtaken = exists().where(
        later.c.kind == task.c.kind, later.c.key == task.c.key, later.c.epoch > task.c.epoch
    )

    def count(*states: str) -> int:
        found = select(func.count()).where(
            in_state(*states), task.c.kind.in_(kinds), mine, ~overtaken
        )
        return int(tx.execute(found).scalar() or 0)

    return Open(failed=count("dead", "quarantined"), waiting=count("pending", "running"))


def finish(tx: Tx, claimed: Sequence[Claimed]) -> set[UUID]:
    """Mark tasks done, in the transaction of their results; the ids that were still ours.

    A missing id means that the lease ended and another worker took over: the caller must not keep
    what it did for it.
    """
    return settle(
        tx,
        claimed,
        {"state": "done", "finished_at": now(), "lease_until": None, "job": None, "error": None},
    )


def give_back(tx: Tx, claimed: Sequence[Claimed]) -> None:
    """Put tasks back: the process was asked to stop. Neither an error nor a crash; the fence stays
    where it is, for it only rises.
    """
    yield_to_next(tx, claimed)
    settle(
        tx, claimed, {"state": "pending", "lease_until": None, "job": None, "dispatched_at": None}
    )


def extend(tx: Tx, claimed: Sequence[Claimed], lease: timedelta) -> set[UUID]:
    """Let the leases last longer; the ids that were still ours."""
    return settle(tx, claimed, {"lease_until": now() + lease})


#: What becomes of a task for whose key the next epoch waits already.
SUPERSEDED = {"state": "done", "lease_until": None, "job": None, "error": "the next epoch does it"}


def yield_to_next(tx: Tx, claimed: Sequence[Claimed]) -> None:
    """Close those for whose key the next epoch waits already: it does the same work, and two may
    not wait.
    """
    for mine in _ours(claimed):
        tx.execute(update(task).where(mine, next_waits()).values(**SUPERSEDED, finished_at=now()))


def next_waits() -> ColumnElement[bool]:
    """Whether a task of the same kind and key is pending."""
    following = task.alias("following")
    return exists().where(
        following.c.kind == task.c.kind,
        following.c.key == task.c.key,
        in_state("pending", of=following),
    )


def settle(tx: Tx, claimed: Sequence[Claimed], values: dict[str, Any]) -> set[UUID]:
    """Write `values` to those of the tasks that are still ours; their ids."""
    ours: set[UUID] = set()
    for mine in _ours(claimed):
        ours.update(
            tx.execute(update(task).where(mine).values(**values).returning(task.c.id)).scalars()
        )
    return ours


def _ours(claimed: Sequence[Claimed]) -> Iterator[ColumnElement[bool]]:
    by_attempt: dict[int, list[UUID]] = {}
    for one in claimed:
        by_attempt.setdefault(one.attempt, []).append(one.id)
    for attempt, ids in by_attempt.items():
        for some in chunks(ids, 1_000):
            yield and_(task.c.id.in_(some), task.c.attempt == attempt, in_state("running"))


def counts(tx: Tx) -> dict[str, dict[str, int]]:
    """How many tasks of each kind are in each state; reads the whole ledger."""
    rows = tx.execute(
        select(task.c.kind, task.c.state, func.count().label("n"))
        .group_by(task.c.kind, task.c.state)
        .order_by(task.c.kind)
    )
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row.kind, {})[row.state] = row.n
    return found


def pending(tx: Tx, kind: str) -> int:
    """How many tasks of a kind wait."""
    return int(
        tx.execute(select(func.count()).where(task.c.kind == kind, in_state("pending"))).scalar()
        or 0
    )


def waiting(tx: Tx, kind: str, key: str) -> list[UUID]:
    """The task of a kind that waits for this key, if there is one."""
    return list(
        tx.execute(
            select(task.c.id).where(task.c.kind == kind, task.c.key == key, in_state("pending"))
        ).scalars()
    )


def dead(tx: Tx, limit: int = 20) -> list[dict[str, Any]]:
    """The tasks that were given up, newest first."""
    given_up = or_(in_state("dead", "quarantined"))
    rows = tx.execute(select(task).where(given_up).order_by(task.c.finished_at.desc()).limit(limit))
    return [dict(row) for row in rows.mappings()]
