"""How many tasks are in which state, and which were given up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from leads.store.engine import Tx, chunks
from leads.store.ledger.statements import in_state
from leads.store.schema import task


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


def unfinished_keys(tx: Tx, kind: str, keys: Collection[str]) -> set[str]:
    """Those of the keys for which a task of this kind waits or runs."""
    found: set[str] = set()
    for some in chunks(sorted(keys)):
        wanted = select(task.c.key).where(
            task.c.kind == kind, task.c.key.in_(some), in_state("pending", "running")
        )
        found.update(tx.execute(wanted).scalars())
    return found


def next_due(tx: Tx, kind: str, begins: str) -> datetime | None:
    """When the first task that waits is due, of a kind and of keys that begin so; None: none waits."""
    wanted = select(func.min(task.c.not_before)).where(
        task.c.kind == kind, task.c.key.startswith(begins, autoescape=True), in_state("pending")
    )
    found: datetime | None = tx.execute(wanted).scalar_one()
    return found


@dataclass(frozen=True, slots=True)
class DeadTask:
    """A task that was given up."""

    id: UUID
    kind: str
    key: str
    error: str | None


def dead(tx: Tx, limit: int = 20) -> list[DeadTask]:
    """The tasks that were given up, newest first."""
    given_up = select(task.c.id, task.c.kind, task.c.key, task.c.error).where(
        in_state("dead", "quarantined")
    )
    rows = tx.execute(given_up.order_by(task.c.finished_at.desc()).limit(limit))
    return [DeadTask(*row) for row in rows]
