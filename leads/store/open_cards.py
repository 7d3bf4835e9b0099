"""Cards that an SDR may still get or holds: rows of queues that are ready or leased."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from leads.store.engine import Tx, chunks
from leads.store.schema import queue_entry


def count(tx: Tx, campaign_id: UUID | None, company_ids: Sequence[UUID]) -> int:
    """How many open cards these companies have, in one campaign or in all of them."""
    found = 0
    for some in chunks(list(company_ids)):
        wanted = (
            select(func.count())
            .select_from(queue_entry)
            .where(queue_entry.c.company_id.in_(some), queue_entry.c.state.in_(("ready", "leased")))
        )
        if campaign_id is not None:
            wanted = wanted.where(queue_entry.c.campaign_id == campaign_id)
        found += int(tx.execute(wanted).scalar_one())
    return found
