"""What went wrong with tasks: an error or the death of a worker, its evidence, and what a person
decides about it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, exists, func, insert, or_, select, update

from leads.clock import now
from leads.ids import new_id
from leads.masking import LONGEST, fingerprint, mask, normalised
from leads.store.engine import Tx, chunks
from leads.store.events import Happened, log
from leads.store.ledger import watches
from leads.store.ledger.asking import FAR, in_state
from leads.store.ledger.tasks import (
    MAX_CRASHES,
    MAX_ERRORS,
    SUPERSEDED,
    Claimed,
    next_waits,
    settle,
    yield_to_next,
)
from leads.store.schema import failure, task

CRASHED = "the worker died while it ran this"


def _unknown(_host: str) -> str:
    return CRASHED


def fail(
    tx: Tx,
    claimed: Sequence[Claimed],
    error: str,
    *,
    wait: timedelta | None,
    host: str = "",
    trace: str = "",
) -> None:
    """Put tasks back with the error and a wait; `dead` after too many errors, or at once when
    `wait` is None.
    """
    yield_to_next(tx, claimed)
    again = [one for one in claimed if wait is not None and one.errors + 1 < MAX_ERRORS]
    spent = [one for one in claimed if one not in again]
    said = {
        "lease_until": None,
        "job": None,
        "dispatched_at": None,
        "error": mask(error[:LONGEST]),
        "errors": task.c.errors + 1,
    }
    at = now()
    ours = settle(tx, again, {"state": "pending", "not_before": at + (wait or timedelta()), **said})
    ours |= settle(tx, spent, {"state": "dead", "finished_at": at, **said})
    _remember(
        tx,
        [one for one in claimed if one.id in ours],
        "error",
        {one.id: host for one in claimed},
        error,
        trace,
    )


def reclaim(
    tx: Tx, alive: Callable[[str], bool] | None = None, why: Callable[[str], str] = _unknown
) -> int:
    """Put back running tasks whose lease ended, and those whose host is known to be dead; how many.

    `why` says what a host died of. After the deaths of `MAX_CRASHES` workers a task is quarantined:
    nothing runs it again until a person decides.
    """
    at = now()
    hosts = tx.execute(select(task.c.host).where(in_state("running")).distinct()).scalars().all()
    dead = [host for host in hosts if host and alive is not None and not alive(host)]
    gone = select(task).where(
        in_state("running"),
        or_(task.c.lease_until < at, task.c.lease_until > at + FAR, task.c.host.in_(dead)),
    )
    if tx.dialect.name == "postgresql":
        gone = gone.with_for_update(skip_locked=True)  # Who holds the row is about to finish it.
    rows = tx.execute(gone).all()
    if not rows:
        return 0
    for row in rows:
        _remember(tx, [row], "crash", {row.id: row.host or ""}, why(row.host or ""))
    quarantined = [row for row in rows if row.crashes + 1 >= MAX_CRASHES]
    _bury(tx, quarantined, at)
    back = {"lease_until": None, "job": None, "dispatched_at": None, "crashes": task.c.crashes + 1}
    returned = 0
    for some in chunks([row.id for row in rows if row not in quarantined], 1_000):
        these = and_(task.c.id.in_(some), in_state("running"))
        watches.hand_on(tx, and_(these, next_waits()))
        tx.execute(update(task).where(these, next_waits()).values(**SUPERSEDED, finished_at=at))
        returned += tx.execute(update(task).where(these).values(state="pending", **back)).rowcount
    return returned


def _bury(tx: Tx, rows: Sequence[Row[Any]], at: datetime) -> None:
    for row in rows:
        evidence = (
            select(failure.c.host, failure.c.at, failure.c.error)
            .where(failure.c.task_id == row.id)
            .order_by(failure.c.at)
        )
        seen = [
            {"host": one.host, "at": one.at.isoformat(), "error": one.error}
            for one in tx.execute(evidence)
        ]
        error = (
            f"{MAX_CRASHES} workers died while they ran this; last error: {row.error or CRASHED}"
        )
        gone = {
            "state": "quarantined",
            "finished_at": at,
            "lease_until": None,
            "job": None,
            "crashes": row.crashes + 1,
            "error": error,
        }
        tx.execute(update(task).where(task.c.id == row.id).values(**gone))
        log(
            tx,
            [
                Happened(
                    verb="quarantined",
                    thing="task",
                    thing_id=row.id,
                    client_id=row.client_id,
                    reason=error,
                    data={"evidence": seen},
                )
            ],
            row.trace_id,
        )


def _remember(
    tx: Tx, tasks: Sequence[Any], how: str, host_of: Mapping[UUID, str], error: str, trace: str = ""
) -> None:
    at, said, where = now(), mask(error[:LONGEST]), mask(trace[-LONGEST * 2 :])
    rows = [
        {
            "id": new_id(),
            "task_id": one.id,
            "kind": one.kind,
            "client_id": one.client_id,
            "at": at,
            "host": host_of[one.id],
            "attempt": one.attempt,
            "how": how,
            "fingerprint": fingerprint(one.kind, error),
            "error": said,
            "trace": where,
        }
        for one in tasks
    ]
    for some in chunks(rows, 1_000):
        tx.execute(insert(failure), some)


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which of the tasks that were given up; nothing named means all of them."""

    fingerprint: str | None = None
    kind: str | None = None
    client_id: UUID | None = None

    def chosen(self) -> ColumnElement[bool]:
        """The condition on tasks."""
        found = [in_state("dead", "quarantined")]
        if self.kind:
            found.append(task.c.kind == self.kind)
        if self.client_id:
            found.append(task.c.client_id == self.client_id)
        if self.fingerprint:
            found.append(
                task.c.id.in_(
                    select(failure.c.task_id).where(failure.c.fingerprint == self.fingerprint)
                )
            )
        return and_(*found)


def given_up(tx: Tx, which: Which) -> int:
    """How many tasks were given up."""
    return int(
        tx.execute(select(func.count()).select_from(task).where(which.chosen())).scalar() or 0
    )


def requeue(tx: Tx, which: Which, who: str) -> int:
    """Let tasks that were given up be tried anew; how many. One whose work was asked for again
    since is closed instead.
    """
    later = task.alias("later")
    overtaken = exists().where(
        later.c.kind == task.c.kind, later.c.key == task.c.key, later.c.epoch > task.c.epoch
    )
    closed = tx.execute(update(task).where(which.chosen(), overtaken).values(**SUPERSEDED)).rowcount
    again = {
        "state": "pending",
        "errors": 0,
        "crashes": 0,
        "not_before": now(),
        "finished_at": None,
        "job": None,
        "dispatched_at": None,
    }
    count = tx.execute(update(task).where(which.chosen()).values(**again)).rowcount
    _decided(tx, "requeued", which, who, "", count + closed)
    return count + closed


def discard(tx: Tx, which: Which, who: str, reason: str) -> int:
    """Give tasks up for good; how many."""
    count = tx.execute(update(task).where(which.chosen()).values(state="discarded")).rowcount
    _decided(tx, "discarded", which, who, reason, count)
    return count


def _decided(tx: Tx, verb: str, which: Which, who: str, reason: str, count: int) -> None:
    if count:
        data = {"kind": which.kind, "fingerprint": which.fingerprint, "tasks": count}
        log(
            tx,
            [
                Happened(
                    verb=verb,
                    thing="tasks",
                    thing_id=which.fingerprint or which.kind or "all",
                    who=who,
                    client_id=which.client_id,
                    reason=reason,
                    data=data,
                )
            ],
        )


def groups(tx: Tx, limit: int = 50) -> list[dict[str, Any]]:
    """Failures of tasks that are not done, one group per error, the newest first: how many, since
    when, and one sample.
    """
    open_ones = (
        select(
            failure.c.fingerprint,
            failure.c.kind,
            failure.c.how,
            task.c.state,
            func.count(failure.c.task_id.distinct()).label("tasks"),
            func.count().label("times"),
            func.min(failure.c.at).label("first_seen"),
            func.max(failure.c.at).label("last_seen"),
        )
        .join(task, task.c.id == failure.c.task_id)
        .where(in_state("pending", "running", "dead", "quarantined"))
    )
    found: dict[str, dict[str, Any]] = {}
    for row in tx.execute(
        open_ones.group_by(failure.c.fingerprint, failure.c.kind, failure.c.how, task.c.state)
    ):
        one = found.setdefault(
            row.fingerprint,
            {
                "fingerprint": row.fingerprint,
                "kind": row.kind,
                "how": row.how,
                "tasks": 0,
                "given_up": 0,
                "times": 0,
                "first_seen": row.first_seen,
                "last_seen": row.last_seen,
            },
        )
        one["tasks"] += row.tasks
        one["given_up"] += row.tasks if row.state in ("dead", "quarantined") else 0
        one["times"] += row.times
        one["first_seen"], one["last_seen"] = (
            min(one["first_seen"], row.first_seen),
            max(one["last_seen"], row.last_seen),
        )
    newest = sorted(found.values(), key=lambda one: one["last_seen"], reverse=True)[:limit]
    return [{**one, **_sample(tx, one["fingerprint"])} for one in newest]


def _sample(tx: Tx, mark: str) -> dict[str, Any]:
    newest = (
        select(failure).where(failure.c.fingerprint == mark).order_by(failure.c.at.desc()).limit(1)
    )
    row = tx.execute(newest).one()
    hosts = select(failure.c.host).where(failure.c.fingerprint == mark).distinct().limit(10)
    return {
        "error": normalised(row.error),
        "sample": row.error,
        "trace": row.trace,
        "task_id": row.task_id,
        "hosts": sorted({host.partition(":")[0] for host in tx.execute(hosts).scalars() if host}),
    }
