"""Look at the background work, and decide about the tasks that were given up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from actions import page_store
from actions.actor import Right
from actions.session import Session, Transaction
from leads.errors import NotFoundError, UsageError
from leads.store import Tx
from leads.store.ledger import failure_groups, given_up, given_up_list, workload
from leads.store.ledger.failure_groups import FailureGroup
from leads.store.ledger.given_up import TaskFilter
from leads.store.ledger.given_up_list import GivenUpTask
from leads.store.ledger.pauses import Pause
from workers.pipeline import BY_NAME
from workers.status import status as status_of
from workers.status_values import HostStatus, KindStatus, Status, Stuck

__all__ = [
    "FailureGroup",
    "GivenUpTask",
    "GroupOfTasks",
    "HostStatus",
    "KindStatus",
    "Pause",
    "Status",
    "Stuck",
    "WhichTasks",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichTasks:
    """Which of the tasks that were given up: all conditions must hold."""

    #: The fingerprint of a failure group.
    error: str | None = None
    kind: str | None = None
    client: str | None = None
    task_id: UUID | None = None
    #: Every task, when no condition is named.
    every: bool = False


@dataclass(frozen=True, slots=True)
class GroupOfTasks:
    """A group of failures, and the tasks of it that wait for a decision."""

    failure: FailureGroup
    tasks: Sequence[GivenUpTask]


def status(session: Session) -> Status:
    """Count what waits, runs and is stuck."""
    with session.read(Right.LOOK) as work:
        found = replace(status_of(work.tx), page_store=page_store.room(work.tx, session.settings))
        if work.actor.clients is None:
            return found
        names = {
            name for one, name in workload.client_names(work.tx).items() if work.actor.sees(one)
        }
    return replace(
        found,
        clients=tuple(one for one in found.clients if one.client in names),
        paused=tuple(one for one in found.paused if one.thing != "client" or one.name in names),
        stuck=tuple(one for one in found.stuck if one.client is None or one.client in names),
    )


def failures(session: Session) -> Sequence[FailureGroup]:
    """List the errors of tasks that are not done, in groups."""
    with session.read(Right.LOOK) as work:
        return failure_groups.groups(work.tx, clients=work.actor.clients)


def failure(session: Session, fingerprint: str, limit: int) -> GroupOfTasks:
    """One group of failures with the first of its tasks; NotFoundError when it is over."""
    with session.read(Right.OPERATE) as work:
        clients = work.actor.clients
        found = failure_groups.groups(work.tx, 1, clients, fingerprint)
        if not found:
            raise NotFoundError(
                "no open task has this error", "its tasks were done, retried or discarded"
            )
        return GroupOfTasks(found[0], given_up_list.of_group(work.tx, fingerprint, clients, limit))


def requeue(session: Session, which: WhichTasks, *, dry_run: bool = False) -> int:
    """Retry tasks that were given up; how many."""
    return _decide(session, which, given_up.requeue, dry_run=dry_run)


def discard(session: Session, which: WhichTasks, reason: str, *, dry_run: bool = False) -> int:
    """Give tasks up for good; how many."""

    def drop(tx: Tx, tasks: TaskFilter, who: str) -> int:
        return given_up.discard(tx, tasks, who, reason)

    return _decide(session, which, drop, dry_run=dry_run)


def _decide(
    session: Session,
    which: WhichTasks,
    change: Callable[[Tx, TaskFilter, str], int],
    *,
    dry_run: bool,
) -> int:
    _check(which)
    with session.write(Right.OPERATE, dry_run=dry_run) as work:
        tasks = _filter(work, which)
        return change(work.tx, tasks, work.actor.name)


def _check(which: WhichTasks) -> None:
    if which.kind and which.kind not in BY_NAME:
        raise UsageError(f"there is no kind of task {which.kind!r}", f"one of {', '.join(BY_NAME)}")
    if not (which.error or which.kind or which.client or which.task_id or which.every):
        raise UsageError("no tasks are named", "add --error, --kind, --client or --all")


def _filter(work: Transaction, which: WhichTasks) -> TaskFilter:
    if which.task_id and work.actor.clients is not None:
        _check_task(work, which.task_id)
    elif which.client is None:
        work.check_every_client()
    client_id = work.client(which.client) if which.client else None
    return TaskFilter(
        fingerprint=which.error, kind=which.kind, client_id=client_id, task_id=which.task_id
    )


def _check_task(work: Transaction, task_id: UUID) -> None:
    """NotFoundError when the task is not one of the actor's clients."""
    client_id = given_up_list.client_of(work.tx, task_id)
    if client_id is None or not work.actor.sees(client_id):
        raise NotFoundError("there is no such task", "see the failures")
