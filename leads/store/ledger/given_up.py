"""Tasks that were given up (dead or quarantined): count, requeue or discard them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, select, update

from leads.clock import now
from leads.store.engine import Tx
from leads.store.events import Happened, log
from leads.store.ledger.asking import in_state
from leads.store.ledger.tasks import SUPERSEDED
from leads.store.schema import failure, task


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFilter:
    """Selects tasks that were given up; without any field, all of them."""

    fingerprint: str | None = None
    kind: str | None = None
    client_id: UUID | None = None
    task_id: UUID | None = None

    def condition(self) -> ColumnElement[bool]:
        """The condition on tasks."""
        found = [in_state("dead", "quarantined")]
        if self.kind:
            found.append(task.c.kind == self.kind)
        if self.client_id:
            found.append(task.c.client_id == self.client_id)
        if self.task_id:
            found.append(task.c.id == self.task_id)
        if self.fingerprint:
            failed = select(failure.c.task_id).where(failure.c.fingerprint == self.fingerprint)
            found.append(task.c.id.in_(failed))
        return and_(*found)


def count(tx: Tx, which: TaskFilter) -> int:
    """How many tasks were given up."""
    counted = select(func.count()).select_from(task).where(which.condition())
    return int(tx.execute(counted).scalar() or 0)


def requeue(tx: Tx, which: TaskFilter, who: str) -> int:
    """Retry tasks that were given up; how many.

    A task with a later epoch is closed instead: the later task does the same work.
    """
    later = task.alias("later")
    superseded = exists().where(
        later.c.kind == task.c.kind, later.c.key == task.c.key, later.c.epoch > task.c.epoch
    )
    closing = update(task).where(which.condition(), superseded).values(**SUPERSEDED)
    closed = tx.execute(closing).rowcount

    waiting = {
        "state": "pending",
        "errors": 0,
        "crashes": 0,
        "not_before": now(),
        "finished_at": None,
        "job": None,
        "dispatched_at": None,
    }
    requeued = tx.execute(update(task).where(which.condition()).values(**waiting)).rowcount
    _log_decision(tx, "requeued", which, who, "", requeued + closed)
    return requeued + closed


def discard(tx: Tx, which: TaskFilter, who: str, reason: str) -> int:
    """Discard tasks that were given up; how many."""
    discarded = update(task).where(which.condition()).values(state="discarded")
    tasks = tx.execute(discarded).rowcount
    _log_decision(tx, "discarded", which, who, reason, tasks)
    return tasks


def _log_decision(tx: Tx, verb: str, which: TaskFilter, who: str, reason: str, tasks: int) -> None:
    if not tasks:
        return
    line = Happened(
        verb=verb,
        thing="tasks",
        thing_id=which.task_id or which.fingerprint or which.kind or "all",
        who=who,
        client_id=which.client_id,
        reason=reason,
        data={"kind": which.kind, "fingerprint": which.fingerprint, "tasks": tasks},
    )
    log(tx, [line])
