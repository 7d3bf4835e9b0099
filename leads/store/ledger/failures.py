"""Failed attempts at tasks: an error or the death of a worker, and the evidence that is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, bindparam, insert, or_, select, update

from leads.clock import now
from leads.ids import new_id
from leads.masking import LONGEST, fingerprint, mask
from leads.store import driver
from leads.store.engine import Tx, chunks
from leads.store.events import Happened, log
from leads.store.ledger.asking import FAR, in_state
from leads.store.ledger.held import close_superseded
from leads.store.ledger.tasks import (
    MAX_CRASHES,
    MAX_ERRORS,
    Claimed,
    settle,
    yield_to_next,
)
from leads.store.schema import failure, task

CRASHED = "the worker died while it ran this"
_HOSTS = select(task.c.host).where(in_state("running")).distinct()
_ANY_OVER = (
    select(task.c.id)
    .where(
        in_state("running"),
        or_(task.c.lease_until < bindparam("past"), task.c.lease_until > bindparam("future")),
    )
    .limit(1)
)


def _unknown_cause(_host: str) -> str:
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
    """Let tasks wait for a retry; `dead` after too many errors, or at once when `wait` is None."""
    yield_to_next(tx, claimed)
    again = [one for one in claimed if wait is not None and one.errors + 1 < MAX_ERRORS]
    spent = [one for one in claimed if one not in again]
    failed = {
        "lease_until": None,
        "job": None,
        "dispatched_at": None,
        "error": mask(error[:LONGEST]),
        "errors": task.c.errors + 1,
    }
    at = now()

    ours = settle(
        tx, again, {"state": "pending", "not_before": at + (wait or timedelta()), **failed}
    )
    ours |= settle(tx, spent, {"state": "dead", "finished_at": at, **failed})
    _keep_evidence(
        tx,
        [one for one in claimed if one.id in ours],
        "error",
        {one.id: host for one in claimed},
        error,
        trace,
    )


def any_abandoned(tx: Tx, alive: Callable[[str], bool]) -> bool:
    """Whether `reclaim` would find a task: to look first spares most actions a write."""
    hosts = [host for (host,) in driver.run(tx, _HOSTS, {}) if host]
    if not all(map(alive, hosts)):
        return True
    at = now()
    return bool(driver.run(tx, _ANY_OVER, {"past": at, "future": at + FAR}))


def reclaim(
    tx: Tx, alive: Callable[[str], bool] | None = None, why: Callable[[str], str] = _unknown_cause
) -> int:
    """Return running tasks to the queue whose lease expired or whose host is dead; how many.

    `why` gives the cause of a host's death. After `MAX_CRASHES` deaths a task is quarantined: it
    does not run again until a person decides.
    """
    at = now()
    rows = _abandoned(tx, at, alive)
    for row in rows:
        _keep_evidence(tx, [row], "crash", {row.id: row.host or ""}, why(row.host or ""))

    quarantined = [row for row in rows if row.crashes + 1 >= MAX_CRASHES]
    _quarantine(tx, quarantined, at)
    return _return_to_queue(tx, [row.id for row in rows if row not in quarantined])


def _abandoned(
    tx: Tx, at: datetime, alive: Callable[[str], bool] | None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Lock the running tasks whose lease expired or whose host is dead."""
    gone = _gone(tx, at, alive)
    if tx.dialect.name == "postgresql":
        gone = gone.with_for_update(skip_locked=True)  # A locked row is about to be finished.
    return tx.execute(gone).all()


def _gone(tx: Tx, at: datetime, alive: Callable[[str], bool] | None) -> Select[*tuple[Any, ...]]:
    hosts = [host for (host,) in driver.run(tx, _HOSTS, {}) if host]
    dead = [host for host in hosts if alive is not None and not alive(host)]
    return select(task).where(
        in_state("running"),
        or_(task.c.lease_until < at, task.c.lease_until > at + FAR, task.c.host.in_(dead)),
    )


def _return_to_queue(tx: Tx, ids: Sequence[UUID]) -> int:
    back = {"lease_until": None, "job": None, "dispatched_at": None, "crashes": task.c.crashes + 1}
    returned = 0
    for some in chunks(list(ids), 1_000):
        these = and_(task.c.id.in_(some), in_state("running"))
        close_superseded(tx, these)
        returned += tx.execute(update(task).where(these).values(state="pending", **back)).rowcount
    return returned


def _quarantine(tx: Tx, rows: Sequence[Row[Any]], at: datetime) -> None:
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


def _keep_evidence(
    tx: Tx, tasks: Sequence[Any], how: str, host_of: Mapping[UUID, str], error: str, trace: str = ""
) -> None:
    at, masked_error = now(), mask(error[:LONGEST])
    masked_trace = mask(trace[-LONGEST * 2 :])
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
            "error": masked_error,
            "trace": masked_trace,
        }
        for one in tasks
    ]
    for some in chunks(rows, 1_000):
        tx.execute(insert(failure), some)
