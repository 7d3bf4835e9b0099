"""Tasks that a process holds: finished, given back or extended, while the lease lasts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, exists, update

from leads.clock import now
from leads.store import driver
from leads.store.bound import IDS
from leads.store.engine import Tx, chunks
from leads.store.ledger import watches
from leads.store.ledger.asking import in_state
from leads.store.schema import task

#: After so many errors a task is dead.
MAX_ERRORS = 5
#: After the deaths of so many workers a task is quarantined.
MAX_CRASHES = 4


@dataclass(frozen=True, slots=True)
class Claimed:
    """A task that this process holds until its lease ends; `attempt` is the fencing token."""

    id: UUID
    kind: str
    key: str
    client_id: UUID | None
    attempt: int
    trace_id: str
    priority: int
    errors: int = 0
    #: Other traces that wait for this task.
    watchers: tuple[str, ...] = ()


def finish(tx: Tx, claimed: Sequence[Claimed]) -> set[UUID]:
    """Mark tasks done, in the transaction of their results; the ids that were still ours.

    A missing id means that the lease expired and another worker took over: the caller must not keep
    its results.
    """
    at = now()
    finished: set[UUID] = set()
    for attempt, some in _lots(claimed):
        given = {"ids": some, "of_attempt": attempt, "at": at}
        finished.update(one for (one,) in driver.run(tx, _FINISH, given))
    watches.drop(tx, finished)
    return finished


def give_back(tx: Tx, claimed: Sequence[Claimed]) -> None:
    """Put tasks back because the process was asked to stop; this counts neither as an error nor as
    a crash.
    """
    yield_to_next(tx, claimed)
    settle(
        tx, claimed, {"state": "pending", "lease_until": None, "job": None, "dispatched_at": None}
    )


def extend(tx: Tx, claimed: Sequence[Claimed], lease: timedelta) -> set[UUID]:
    """Extend the leases; the ids that were still ours."""
    return settle(tx, claimed, {"lease_until": now() + lease})


#: The values of a task that is closed because its next epoch is pending.
SUPERSEDED = {"state": "done", "lease_until": None, "job": None, "error": "the next epoch does it"}


def yield_to_next(tx: Tx, claimed: Sequence[Claimed]) -> None:
    """Close the tasks whose next epoch is pending: it does the same work, and only one task of a
    key may be pending.
    """
    for mine in _ours(claimed):
        close_superseded(tx, mine)


def close_superseded(tx: Tx, which: ColumnElement[bool]) -> None:
    """Close those of the tasks whose next epoch is pending; that one serves who waited for them."""
    closing = update(task).where(and_(which, next_waits()))
    closed = tx.execute(closing.values(**SUPERSEDED, finished_at=now()).returning(task.c.id))
    watches.hand_on(tx, list(closed.scalars()))


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
    for attempt, some in _lots(claimed):
        yield and_(task.c.id.in_(some), task.c.attempt == attempt, in_state("running"))


def _lots(claimed: Sequence[Claimed]) -> Iterator[tuple[int, list[UUID]]]:
    """The ids of tasks, by their attempt."""
    by_attempt: dict[int, list[UUID]] = {}
    for one in claimed:
        by_attempt.setdefault(one.attempt, []).append(one.id)
    for attempt, ids in by_attempt.items():
        for some in chunks(ids, 1_000):
            yield attempt, some


_FINISH = (
    update(task)
    .where(task.c.id.in_(IDS), task.c.attempt == bindparam("of_attempt"), in_state("running"))
    .values(state="done", finished_at=bindparam("at"), lease_until=None, job=None, error=None)
    .returning(task.c.id)
)
