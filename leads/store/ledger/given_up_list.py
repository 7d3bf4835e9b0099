"""List the tasks of one group of failures that were given up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from leads.store.engine import Tx
from leads.store.ledger.asking import in_state
from leads.store.schema import client, failure, task


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenUpTask:
    """A task that waits for a decision; it names no person."""

    id: UUID
    kind: str
    #: None: it is for everyone.
    client: str | None
    #: `dead` (too many errors) or `quarantined` (its workers died).
    state: str
    errors: int
    crashes: int
    created_at: datetime
    finished_at: datetime | None


def of_group(
    tx: Tx, fingerprint: str, clients: Collection[UUID] | None, limit: int
) -> list[GivenUpTask]:
    """The oldest tasks of a group; `clients` leaves out those of all others."""
    failed = select(failure.c.task_id).where(failure.c.fingerprint == fingerprint)
    wanted = (
        select(
            task.c.id,
            task.c.kind,
            client.c.name.label("client"),
            task.c.state,
            task.c.errors,
            task.c.crashes,
            task.c.created_at,
            task.c.finished_at,
        )
        .outerjoin(client, client.c.id == task.c.client_id)
        .where(in_state("dead", "quarantined"), task.c.id.in_(failed))
        .order_by(task.c.id)
        .limit(limit)
    )
    if clients is not None:
        wanted = wanted.where(task.c.client_id.in_(clients))
    return [GivenUpTask(**row) for row in tx.execute(wanted).mappings()]


def client_of(tx: Tx, task_id: UUID) -> UUID | None:
    """The client of a task; None: there is no such task, or it is for everyone."""
    return tx.execute(select(task.c.client_id).where(task.c.id == task_id)).scalar()
