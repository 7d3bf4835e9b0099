"""The ledger: tasks are asked for in the transaction of their cause, claimed by a conditional
UPDATE and finished under a fencing token.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, bindparam, exists, func, or_, select, update

from leads.clock import now
from leads.store import driver
from leads.store.bound import IDS
from leads.store.engine import Tx, chunks
from leads.store.ledger import own as own_tasks
from leads.store.ledger import watches
from leads.store.ledger.asking import CODE_VERSION, FAR, NOW, Wanted, ask
from leads.store.ledger.counting import (
    counts,
    dead,
    finished_since,
    next_due,
    pending,
    unfinished,
    unfinished_keys,
    waiting,
)
from leads.store.ledger.held import (
    MAX_CRASHES,
    MAX_ERRORS,
    SUPERSEDED,
    Claimed,
    extend,
    finish,
    give_back,
    next_waits,
    settle,
    yield_to_next,
)
from leads.store.ledger.own import Own
from leads.store.ledger.pauses import Paused, clients_waiting, paused, queue_of_waiting
from leads.store.ledger.statements import in_state
from leads.store.schema import task

_OTHER = task.alias("other")
#: Whether a task of the same key runs.
_IS_BUSY = exists().where(
    _OTHER.c.kind == task.c.kind,
    _OTHER.c.key == task.c.key,
    in_state("running", of=_OTHER),
    _OTHER.c.id != task.c.id,
)

__all__ = [
    "CODE_VERSION",
    "MAX_CRASHES",
    "MAX_ERRORS",
    "NOW",
    "SUPERSEDED",
    "Claimed",
    "Wanted",
    "ask",
    "counts",
    "dead",
    "extend",
    "finish",
    "finished_since",
    "give_back",
    "next_due",
    "next_waits",
    "pending",
    "settle",
    "unfinished",
    "unfinished_keys",
    "waiting",
    "yield_to_next",
]


def claim(
    tx: Tx,
    kinds: Sequence[str],
    limit: int,
    host: str,
    lease: timedelta,
    ids: Sequence[UUID] | None = None,
    own: Own | None = None,
) -> list[Claimed]:
    """Up to `limit` due tasks of the first of `kinds` that has any, now running under `host` until
    the lease ends; of these `ids` or of the `own` tasks alone when given.

    A key that is running stays out, so that one thing is worked on by one worker at a time; and so
    does what is paused.
    """
    held = paused(tx)
    if held.stops(host):
        return []
    until = now() + lease
    for kind in kinds:
        # Read first, then update: PostgreSQL may run a locking subquery twice, and would take more
        # than the limit.
        chosen = _first(tx, kind, limit, _groups(tx, kind, held, ids, own))
        taken = _taken(tx, chosen, host, until)
        if taken:
            return _with_watchers(tx, taken)
    return []


def _with_watchers(tx: Tx, taken: Sequence[Claimed]) -> list[Claimed]:
    watchers = watches.watchers_of(tx, [one.id for one in taken])
    return sorted(
        (replace(one, watchers=watchers[one.id]) if one.id in watchers else one for one in taken),
        key=lambda one: one.id,
    )


def is_moving(
    tx: Tx, kinds: Collection[str], host: str, own: Own, *, backing_off: bool = False
) -> bool:
    """Whether own tasks of these kinds run anywhere, or are due and not paused; with `backing_off`
    also those that are due later.
    """
    runs = select(task.c.id).where(
        in_state("running"), task.c.kind.in_(kinds), own_tasks.is_own(own, kinds)
    )
    if tx.execute(runs.limit(1)).first():
        return True
    held = paused(tx)
    if held.stops(host):
        return False
    when = [] if backing_off else [task.c.not_before <= now()]
    return any(
        tx.execute(
            select(task.c.id).where(task.c.kind == kind, in_state("pending"), *when, *also).limit(1)
        ).first()
        for kind in kinds
        for also in _groups(tx, kind, held, None, own)
    )


_TAKE = (
    update(task)
    .where(task.c.id.in_(IDS), in_state("pending"))
    .values(
        state="running",
        attempt=task.c.attempt + 1,
        host=bindparam("on_host"),
        lease_until=bindparam("until"),
    )
    .returning(
        task.c.id,
        task.c.kind,
        task.c.key,
        task.c.client_id,
        task.c.attempt,
        task.c.trace_id,
        task.c.priority,
        task.c.errors,
    )
)


def _taken(tx: Tx, chosen: list[UUID], host: str, until: datetime) -> list[Claimed]:
    given = {"on_host": host, "until": until}
    return [
        Claimed(*row)
        for some in chunks(chosen, driver.MOST_FILLED)
        for row in driver.run(tx, _TAKE, {**given, "ids": some})
    ]


def _first(
    tx: Tx, kind: str, limit: int, groups: Sequence[Sequence[ColumnElement[bool]]]
) -> list[UUID]:
    """The first due tasks of a kind that are in one of the groups.

    Those that a worker held when it died go in smaller lots, in the end alone: so the one that
    kills is found, and the others are not given up with it.
    """
    found = {row.id: row for also in groups for row in _due(tx, kind, limit, *also)}
    rows = sorted(found.values(), key=lambda row: (row.priority, row.turn, row.id))
    if not rows:
        return []
    caution = min(rows[0].crashes, 2)
    same = [row.id for row in rows[:limit] if min(row.crashes, 2) == caution]
    return same[: (limit, max(1, limit // 10), 1)[caution]]


def _groups(
    tx: Tx, kind: str, held: Paused, ids: Sequence[UUID] | None, own: Own | None
) -> list[list[ColumnElement[bool]]]:
    """Conditions under which tasks of a kind may be claimed. Each reads an index from its front,
    as paused tasks may be many and would be read through again and again.
    """
    if held.everything or (held.queues and queue_of_waiting(tx, kind) in held.queues):
        return []
    if ids is not None:
        return [[task.c.id.in_(ids), *held.lets_through()]]
    if own is not None:
        return [[part, *held.lets_through()] for part in own_tasks.parts(own, kind)]
    if not held.clients:
        return [held.lets_through()]
    return [
        [task.c.client_id == one] for one in clients_waiting(tx, kind) if one not in held.clients
    ] + [[task.c.client_id.is_(None)]]


def _due(
    tx: Tx, kind: str, limit: int, *also: ColumnElement[bool]
) -> Sequence[Row[Any, Any, Any, Any]]:
    columns = (task.c.id, task.c.crashes, task.c.priority, task.c.turn)
    due = select(*columns).where(
        task.c.kind == kind, in_state("pending"), task.c.not_before <= now(), ~_IS_BUSY, *also
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
    groups = [[*also, task.c.job.is_(None)] for also in _groups(tx, kind, paused(tx), None, None)]
    chosen = _first(tx, kind, limit, groups)
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
