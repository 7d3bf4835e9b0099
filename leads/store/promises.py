"""Call-backs that a user promised, opened to everybody when the user leaves."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, update

from leads.store.engine import Tx
from leads.store.schema import queue_entry, relationship


def share(tx: Tx, campaign_id: UUID, user: str) -> int:
    """Let anybody keep a user's promises of a campaign from the promised moment on; how many."""
    kept = update(relationship).where(
        relationship.c.campaign_id == campaign_id, relationship.c.promised_by == user
    )
    moment = func.coalesce(relationship.c.reopens_at, relationship.c.shared_at)
    tx.execute(kept.values(shared_at=moment))
    rows = update(queue_entry).where(
        queue_entry.c.campaign_id == campaign_id,
        queue_entry.c.promised_by == user,
        queue_entry.c.state.in_(("ready", "leased")),
    )
    waits = func.coalesce(queue_entry.c.not_before, queue_entry.c.shared_at)
    return tx.execute(rows.values(shared_at=waits)).rowcount
