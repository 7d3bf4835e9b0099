"""What is due by date: sites to visit again, expired verdicts, old pages and failures to delete."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, exists, func, select

from leads.clock import now
from leads.store.engine import Tx, chunks
from leads.store.ledger.asking import in_state
from leads.store.schema import crawl, failure, page, page_body, task, verdict
from leads.visits import FRESH

#: How long pages of replaced visits are kept.
KEEP_PAGES = timedelta(days=180)
#: How long failures are kept after their task was done or discarded.
KEEP_FAILURES = timedelta(days=30)


def sites_due(tx: Tx, limit: int) -> list[str]:
    """Sites whose newest visit is too old and that no task will visit, oldest first."""
    waits = exists().where(
        task.c.kind == "crawl",
        task.c.key == crawl.c.site,
        in_state("pending", "running", "dead", "quarantined"),
    )
    newest = func.max(crawl.c.started_at)
    old = select(crawl.c.site).where(~waits).group_by(crawl.c.site).having(newest < now() - FRESH)
    return list(tx.execute(old.order_by(newest).limit(limit)).scalars())


def verdicts_due(tx: Tx, limit: int) -> list[tuple[UUID, UUID, UUID]]:
    """Client, campaign and company of verdicts in force that expired, earliest first."""
    ended = verdict.c.superseded_at.is_(None) & (
        verdict.c.lasts_until.is_(None) | (verdict.c.lasts_until < now().date())
    )
    due = select(verdict.c.client_id, verdict.c.campaign_id, verdict.c.company_id).where(ended)
    rows = tx.execute(due.order_by(verdict.c.lasts_until).limit(limit))
    return [(row.client_id, row.campaign_id, row.company_id) for row in rows]


def forget_old_pages(tx: Tx, before: datetime | None = None, limit: int = 500) -> int:
    """Delete the pages of up to `limit` old visits that a newer visit replaced; how many pages.

    Bodies that no page uses any more are deleted too.
    """
    before = before or now() - KEEP_PAGES
    newer = crawl.alias("newer")
    replaced = exists().where(
        newer.c.site == crawl.c.site, newer.c.started_at > crawl.c.started_at, newer.c.pages > 0
    )
    visits = (
        select(crawl.c.id)
        .where(crawl.c.started_at < before, replaced, exists().where(page.c.crawl_id == crawl.c.id))
        .limit(limit)
    )
    hashes: set[str] = set()
    gone = 0
    for some in chunks(list(tx.execute(visits).scalars()), 500):
        dropped = (
            tx.execute(delete(page).where(page.c.crawl_id.in_(some)).returning(page.c.content_hash))
            .scalars()
            .all()
        )
        gone += len(dropped)
        hashes.update(dropped)
    for these in chunks(sorted(hashes), 500):
        used = exists().where(page.c.content_hash == page_body.c.content_hash)
        tx.execute(delete(page_body).where(page_body.c.content_hash.in_(these), ~used))
    return gone


def forget_old_failures(tx: Tx) -> int:
    """Delete old failures of tasks that are done, discarded or deleted; how many."""
    needed = exists().where(
        task.c.id == failure.c.task_id, in_state("pending", "running", "dead", "quarantined")
    )
    old = failure.c.at < now() - KEEP_FAILURES
    return tx.execute(delete(failure).where(old, ~needed)).rowcount
