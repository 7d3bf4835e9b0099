"""What becomes of the rows and leases of companies that were merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from leads.clock import now
from leads.store.engine import Tx
from leads.store.queue import QueueRow, columns_of, entries
from leads.store.schema import lease, queue_entry

#: The reason of a row whose company was merged into another one that has a row too.
MERGED = "it is part of another company now"


@dataclass(frozen=True, slots=True)
class WithdrawnLease:
    """A lease that a merge ended, because somebody held the other company for longer."""

    company_id: UUID
    user: str


def follow_merges(tx: Tx, merges: Sequence[tuple[UUID, UUID]]) -> list[WithdrawnLease]:
    """Move rows and leases of merged companies to the surviving ones; of two leases the older
    stays, and the other one is returned.
    """
    withdrawn: list[WithdrawnLease] = []
    for gone, survivor in merges:
        of_gone = select(queue_entry).where(queue_entry.c.company_id == gone)
        for columns in tx.execute(of_gone).mappings().all():
            row = QueueRow(**columns_of(columns))
            other = entries(tx, row.campaign_id, [survivor]).get(survivor)
            if other is None:
                same = update(queue_entry).where(queue_entry.c.id == row.id)
                tx.execute(same.values(company_id=survivor))
            else:
                withdrawn += _join(tx, row, other)
    return withdrawn


def _join(tx: Tx, row: QueueRow, other: QueueRow) -> list[WithdrawnLease]:
    """Let the row of the survivor count for both; the lease that this ended."""
    mine, theirs = _lease_of(tx, row), _lease_of(tx, other)
    withdrawn: list[WithdrawnLease] = []
    if mine and theirs:
        younger = max(mine, theirs, key=lambda one: (one.since, one.id))
        _end(tx, younger.id)
        withdrawn.append(WithdrawnLease(other.company_id, younger.user))
        moves = younger.id == theirs.id
    else:
        moves = mine is not None
    if moves:
        _move_lease(tx, row, other)
    left = update(queue_entry).where(queue_entry.c.id == row.id)
    tx.execute(left.values(state="out", reason=MERGED))
    return withdrawn


def _lease_of(tx: Tx, row: QueueRow) -> Any:
    """The live lease of a row; None when nobody holds it."""
    live = select(lease.c.id, lease.c.user, lease.c.since).where(
        lease.c.queue_entry_id == row.id, lease.c.ended_at.is_(None)
    )
    return tx.execute(live).first()


def _end(tx: Tx, lease_id: UUID) -> None:
    this = update(lease).where(lease.c.id == lease_id)
    tx.execute(this.values(ended_at=now(), ended_by="withdrawn"))


def _move_lease(tx: Tx, row: QueueRow, other: QueueRow) -> None:
    """Let the lease of one row be that of another, under a token that neither had in other hands."""
    token = row.token if row.token > other.token else other.token + 1
    live = update(lease).where(lease.c.queue_entry_id == row.id, lease.c.ended_at.is_(None))
    tx.execute(live.values(queue_entry_id=other.id, token=token))
    held = update(queue_entry).where(queue_entry.c.id == other.id)
    tx.execute(held.values(state="leased", token=token))
