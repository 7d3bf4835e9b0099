"""The ledger: tasks are asked for in the transaction of their cause, claimed by a conditional UPDATE and finished under its fence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, and_, exists, func, or_, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from leads.clock import now
from leads.ids import new_id
from leads.store.engine import Tx, chunks
from leads.store.schema import task

CODE_VERSION = "0.1.0"
MAX_ATTEMPTS = 5
#: The priority of what a person waits for: done first, and done even when it was done lately.
NOW = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A task to be asked for."""

    kind: str
    key: str
    queue: str
    client_id: UUID | None = None
    #: Smaller comes first.
    priority: int = 0
    not_before: datetime | None = None


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


def ask(tx: Tx, wanted: Iterable[Wanted], trace_id: str = "") -> int:
    """Ask for tasks, once per kind and key; the number of new ones.

    A task still pending serves for this change too: it is touched, which keeps a worker from claiming it before this transaction
    is committed. A running or finished one does not see this change, so the next epoch is asked for.
    """
    asked = {(one.kind, one.key): one for one in wanted}
    made = 0
    for some in chunks(list(asked.values()), 400):
        rest = {(one.kind, one.key): one for one in some}
        while rest:
            for touched in _touch_pending(tx, list(rest)):
                rest.pop(touched)
            added = _insert(tx, list(rest.values()), trace_id)
            made += len(added)
            for one in added:
                rest.pop(one)
    return made


def _touch_pending(tx: Tx, keys: list[tuple[str, str]]) -> list[tuple[str, str]]:
    if not keys:
        return []
    pending = update(task).where(tuple_(task.c.kind, task.c.key).in_(keys), task.c.state == "pending")
    rows = tx.execute(pending.values(code_version=CODE_VERSION).returning(task.c.kind, task.c.key))
    return list(dict.fromkeys((row.kind, row.key) for row in rows))


def _insert(tx: Tx, wanted: list[Wanted], trace_id: str) -> list[tuple[str, str]]:
    if not wanted:
        return []
    keys = [(one.kind, one.key) for one in wanted]
    newest = select(task.c.kind, task.c.key, func.max(task.c.epoch).label("epoch")).where(tuple_(task.c.kind, task.c.key).in_(keys))
    epochs = {(row.kind, row.key): row.epoch for row in tx.execute(newest.group_by(task.c.kind, task.c.key))}
    at = now()
    fresh = {"state": "pending", "attempt": 0, "crashes": 0, "trace_id": trace_id, "code_version": CODE_VERSION, "created_at": at}
    rows = [
        {
            "id": new_id(), "kind": one.kind, "key": one.key, "epoch": epochs.get((one.kind, one.key), 0) + 1, "queue": one.queue,
            "client_id": one.client_id, "not_before": one.not_before or at, "priority": one.priority, **fresh,
        }
        for one in wanted
    ]  # fmt: skip
    # Another transaction may have asked for the same epoch a moment ago: then look again whether its task is still pending.
    added = tx.execute(insert_or_skip(tx, task).returning(task.c.kind, task.c.key), rows)
    return [(row.kind, row.key) for row in added]


def insert_or_skip(tx: Tx, table: Table) -> Any:
    """An INSERT that leaves out rows whose key is taken."""
    dialect = postgresql if tx.dialect.name == "postgresql" else sqlite
    return dialect.insert(table).on_conflict_do_nothing()


def claim(tx: Tx, kinds: Sequence[str], limit: int, host: str, lease: timedelta, ids: Sequence[UUID] | None = None) -> list[Claimed]:
    """Up to `limit` due tasks of the first of `kinds` that has any, now running under `host` until the lease ends.

    A key that is running stays out, so that one thing is worked on by one worker at a time.
    """
    at = now()
    for kind in kinds:
        other = task.alias("other")
        busy = exists().where(other.c.kind == task.c.kind, other.c.key == task.c.key, other.c.state == "running", other.c.id != task.c.id)
        due = select(task.c.id).where(task.c.kind == kind, task.c.state == "pending", task.c.not_before <= at, ~busy)
        if ids is not None:
            due = due.where(task.c.id.in_(ids))
        due = due.order_by(task.c.priority, task.c.id).limit(limit)
        if tx.dialect.name == "postgresql":
            due = due.with_for_update(skip_locked=True, of=task)
        # Read first, then update: PostgreSQL may run a locking subquery twice, and would take more than the limit.
        chosen = list(tx.execute(due).scalars())
        taken = (
            update(task)
            .where(task.c.id.in_(chosen), task.c.state == "pending")
            .values(state="running", attempt=task.c.attempt + 1, host=host, lease_until=at + lease)
            .returning(task.c.id, task.c.kind, task.c.key, task.c.client_id, task.c.attempt, task.c.trace_id, task.c.priority)
        )
        rows = [Claimed(*row) for row in tx.execute(taken)]
        if rows:
            return sorted(rows, key=lambda row: row.id)
    return []


def dispatch(tx: Tx, kind: str, limit: int, after: timedelta) -> list[UUID]:
    """The ids of up to `limit` due tasks whose ids are in no queue, as far as we know; they are taken to be in one from now on."""
    at = now()
    loose = or_(task.c.dispatched_at.is_(None), task.c.dispatched_at < at - after)
    due = select(task.c.id).where(task.c.kind == kind, task.c.state == "pending", task.c.not_before <= at, loose)
    due = due.order_by(task.c.priority, task.c.id).limit(limit)
    if tx.dialect.name == "postgresql":
        due = due.with_for_update(skip_locked=True, of=task)
    chosen = list(tx.execute(due).scalars())
    tx.execute(update(task).where(task.c.id.in_(chosen)).values(dispatched_at=at))
    return chosen


def unfinished(tx: Tx) -> int:
    """How many tasks wait or run."""
    return int(tx.execute(select(func.count()).where(task.c.state.in_(("pending", "running")))).scalar() or 0)


def finish(tx: Tx, claimed: Sequence[Claimed]) -> set[UUID]:
    """Mark tasks done, in the transaction of their results; the ids that were still ours.

    A missing id means that the lease ended and another worker took over: the caller must not keep what it did for it.
    """
    return _settle(tx, claimed, {"state": "done", "finished_at": now(), "lease_until": None, "error": None})


def fail(tx: Tx, claimed: Sequence[Claimed], error: str, *, wait: timedelta) -> None:
    """Put tasks back with the error and a wait; `dead` after too many attempts."""
    _yield_to_next(tx, claimed)
    again = [one for one in claimed if one.attempt < MAX_ATTEMPTS]
    spent = [one for one in claimed if one.attempt >= MAX_ATTEMPTS]
    _settle(tx, again, {"state": "pending", "not_before": now() + wait, "lease_until": None, "dispatched_at": None, "error": error[:2000]})
    _settle(tx, spent, {"state": "dead", "finished_at": now(), "lease_until": None, "error": error[:2000]})


def give_back(tx: Tx, claimed: Sequence[Claimed]) -> None:
    """Put tasks back untouched: the process was asked to stop, and the attempt does not count."""
    _yield_to_next(tx, claimed)
    _settle(tx, claimed, {"state": "pending", "lease_until": None, "dispatched_at": None, "attempt": task.c.attempt - 1})


def extend(tx: Tx, claimed: Sequence[Claimed], lease: timedelta) -> set[UUID]:
    """Let the leases last longer; the ids that were still ours."""
    return _settle(tx, claimed, {"lease_until": now() + lease})


def _yield_to_next(tx: Tx, claimed: Sequence[Claimed]) -> None:
    """Close those for whose key the next epoch waits already: it does the same work, and two may not wait."""
    for some in chunks(list(claimed), 400):
        mine = or_(*(and_(task.c.id == one.id, task.c.attempt == one.attempt) for one in some))
        tx.execute(update(task).where(mine, task.c.state == "running", _next_waits()).values(**_SUPERSEDED, finished_at=now()))


def _next_waits() -> ColumnElement[bool]:
    following = task.alias("following")
    return exists().where(following.c.kind == task.c.kind, following.c.key == task.c.key, following.c.state == "pending")


_SUPERSEDED = {"state": "done", "lease_until": None, "error": "the next epoch does it"}


def _settle(tx: Tx, claimed: Sequence[Claimed], values: dict[str, Any]) -> set[UUID]:
    ours: set[UUID] = set()
    for some in chunks(list(claimed), 400):
        mine = or_(*(and_(task.c.id == one.id, task.c.attempt == one.attempt) for one in some))
        rows = tx.execute(update(task).where(mine, task.c.state == "running").values(**values).returning(task.c.id))
        ours.update(row.id for row in rows)
    return ours


def reclaim(tx: Tx, alive: Callable[[str], bool] | None = None) -> int:
    """Put back running tasks whose lease ended, and those whose host is known to be dead; how many."""
    at = now()
    hosts = tx.execute(select(task.c.host).where(task.c.state == "running").distinct()).scalars().all()
    dead = [host for host in hosts if host and alive is not None and not alive(host)]
    gone = or_(task.c.lease_until < at, task.c.host.in_(dead))
    spent = and_(gone, task.c.crashes + 1 >= MAX_ATTEMPTS)
    back = {"lease_until": None, "dispatched_at": None, "crashes": task.c.crashes + 1}
    buried = update(task).where(task.c.state == "running", spent)
    tx.execute(buried.values(state="dead", finished_at=at, error="the worker died every time it ran this", **back))
    tx.execute(update(task).where(task.c.state == "running", gone, _next_waits()).values(**_SUPERSEDED, finished_at=at))
    return tx.execute(update(task).where(task.c.state == "running", gone).values(state="pending", **back)).rowcount


def counts(tx: Tx) -> dict[str, dict[str, int]]:
    """How many tasks of each kind are in each state."""
    rows = tx.execute(select(task.c.kind, task.c.state, func.count().label("n")).group_by(task.c.kind, task.c.state).order_by(task.c.kind))
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row.kind, {})[row.state] = row.n
    return found


def dead(tx: Tx, limit: int = 20) -> list[dict[str, Any]]:
    """The tasks that were given up, newest first."""
    rows = tx.execute(select(task).where(task.c.state == "dead").order_by(task.c.finished_at.desc()).limit(limit))
    return [dict(row) for row in rows.mappings()]
