"""Delete done tasks that are old, and keep their number by kind and day."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from sqlalchemy import delete, exists, select, update

from leads.store.engine import Tx
from leads.store.inserts import insert_or_skip
from leads.store.ledger.asking import in_state
from leads.store.schema import pruned_tasks, task


def prune_done(tx: Tx, before: datetime, limit: int) -> int:
    """Delete up to `limit` tasks that were done before `before`; how many.

    A done task stays while an earlier task of its key is dead or quarantined: it shows that the
    work was done since, so that a requeue closes the earlier task instead of repeating it.
    """
    given_up = task.alias("given_up")
    needed = exists().where(
        given_up.c.kind == task.c.kind,
        given_up.c.key == task.c.key,
        given_up.c.epoch < task.c.epoch,
        in_state("dead", "quarantined", of=given_up),
    )
    oldest = (
        select(task.c.id)
        .where(in_state("done"), task.c.finished_at < before, ~needed)
        .order_by(task.c.finished_at)
        .limit(limit)
    )
    deleting = delete(task).where(task.c.id.in_(oldest), in_state("done"))
    deleted = tx.execute(deleting.returning(task.c.kind, task.c.finished_at)).all()
    _count(tx, Counter((row.kind, row.finished_at.date()) for row in deleted))
    return len(deleted)


def _count(tx: Tx, deleted: Counter[tuple[str, date]]) -> None:
    for (kind, day), tasks in sorted(deleted.items()):
        empty = {"kind": kind, "day": day, "tasks": 0}
        tx.execute(insert_or_skip(tx, pruned_tasks), [empty])
        of_day = (pruned_tasks.c.kind == kind) & (pruned_tasks.c.day == day)
        tx.execute(update(pruned_tasks).where(of_day).values(tasks=pruned_tasks.c.tasks + tasks))
