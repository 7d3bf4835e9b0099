"""What is due by date: expired verdicts to decide again, and old failures to delete."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, exists, select

from leads.clock import now
from leads.store.engine import Tx
from leads.store.ledger.asking import in_state
from leads.store.schema import failure, task, verdict

#: How long failures are kept after their task was done or discarded.
KEEP_FAILURES = timedelta(days=30)


def verdicts_due(tx: Tx, limit: int) -> list[tuple[UUID, UUID, UUID]]:
    """Client, campaign and company of verdicts in force that expired, earliest first."""
    ended = verdict.c.superseded_at.is_(None) & (
        verdict.c.lasts_until.is_(None) | (verdict.c.lasts_until < now().date())
    )
    due = select(verdict.c.client_id, verdict.c.campaign_id, verdict.c.company_id).where(ended)
    rows = tx.execute(due.order_by(verdict.c.lasts_until).limit(limit))
    return [(row.client_id, row.campaign_id, row.company_id) for row in rows]


def forget_old_failures(tx: Tx) -> int:
    """Delete old failures of tasks that are done, discarded or deleted; how many."""
    needed = exists().where(
        task.c.id == failure.c.task_id, in_state("pending", "running", "dead", "quarantined")
    )
    old = failure.c.at < now() - KEEP_FAILURES
    return tx.execute(delete(failure).where(old, ~needed)).rowcount
