"""Failures of tasks that are not done, grouped by error."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, exists, func, select, true

from leads.masking import normalised
from leads.store.engine import Tx
from leads.store.ledger.asking import in_state
from leads.store.schema import failure, task


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureGroup:
    """Tasks that failed with the same error, and one sample."""

    fingerprint: str
    kind: str
    #: `error` (the work failed) or `crash` (the worker died).
    how: str
    tasks: int
    given_up: int
    #: How many attempts failed.
    times: int
    first_seen: datetime
    last_seen: datetime
    #: The error without the parts that differ between its cases.
    error: str
    #: The newest error as it was.
    sample: str
    trace: str
    task_id: UUID
    hosts: tuple[str, ...]


def groups(
    tx: Tx,
    limit: int = 50,
    clients: Collection[UUID] | None = None,
    fingerprint: str | None = None,
) -> list[FailureGroup]:
    """The groups of errors, newest first, or the one with a fingerprint; `clients` leaves out the
    tasks of all others.
    """
    scope = _of_clients(clients)
    if fingerprint is not None:
        scope = and_(scope, failure.c.fingerprint == fingerprint)
    unfinished = (
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
        .where(in_state("pending", "running", "dead", "quarantined"), scope)
        .group_by(failure.c.fingerprint, failure.c.kind, failure.c.how, task.c.state)
    )
    by_fingerprint: dict[str, list[Row[*tuple[Any, ...]]]] = {}
    for row in tx.execute(unfinished):
        by_fingerprint.setdefault(row.fingerprint, []).append(row)

    newest = sorted(by_fingerprint.values(), key=_last_seen, reverse=True)[:limit]
    return [_group(tx, rows, scope) for rows in newest]


def _of_clients(clients: Collection[UUID] | None) -> ColumnElement[bool]:
    return true() if clients is None else task.c.client_id.in_(clients)


def _last_seen(rows: Iterable[Row[*tuple[Any, ...]]]) -> datetime:
    newest: datetime = max(row.last_seen for row in rows)
    return newest


def _group(tx: Tx, rows: list[Row[*tuple[Any, ...]]], scope: ColumnElement[bool]) -> FailureGroup:
    """One group, from its rows by state."""
    first = rows[0]
    in_scope = exists().where(task.c.id == failure.c.task_id, scope)
    of_group = and_(failure.c.fingerprint == first.fingerprint, in_scope)
    sample = tx.execute(
        select(failure).where(of_group).order_by(failure.c.at.desc()).limit(1)
    ).one()
    hosts = tx.execute(select(failure.c.host).where(of_group).distinct().limit(10)).scalars()

    return FailureGroup(
        fingerprint=first.fingerprint,
        kind=first.kind,
        how=first.how,
        tasks=sum(row.tasks for row in rows),
        given_up=sum(row.tasks for row in rows if row.state in ("dead", "quarantined")),
        times=sum(row.times for row in rows),
        first_seen=min(row.first_seen for row in rows),
        last_seen=_last_seen(rows),
        error=normalised(sample.error),
        sample=sample.error,
        trace=sample.trace,
        task_id=sample.task_id,
        hosts=tuple(sorted({host.partition(":")[0] for host in hosts if host})),
    )
