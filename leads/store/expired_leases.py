"""Close leases that expired before their holder reported."""

from __future__ import annotations

from sqlalchemy import update

from leads.store.engine import Tx
from leads.store.leases import Lease
from leads.store.queue import Place, values_of
from leads.store.schema import lease, queue_entry


def close_expired(tx: Tx, held: Lease, place: Place | None) -> None:
    """Close an expired lease after all, and place its row unless somebody holds it now."""
    tx.execute(update(lease).where(lease.c.id == held.lease_id).values(ended_by="done"))
    if place is not None:
        row = update(queue_entry).where(
            queue_entry.c.id == held.entry_id,
            queue_entry.c.token == held.token,
            queue_entry.c.state != "leased",
        )
        tx.execute(row.values(**values_of(place)))
