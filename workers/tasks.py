"""The work of each kind of task: results, follow-up tasks and the finish are one transaction; long
work takes several short ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from time import monotonic
from uuid import UUID

import outreach.run.contact_index
import outreach.run.refresh
import qualify.run.deciding
from leads.changes import Change
from leads.store import Tx
from leads.store.ledger.tasks import Claimed
from workers.context import Context
from workers.deduping import dedupe_client
from workers.enriching import enrich_batch
from workers.lost import finish_or_lose
from workers.pipeline import companies_by_campaign, follow

Work = Callable[[Tx, Context, Sequence[Claimed]], list[Change]]


def _store_contact_keys(tx: Tx, context: Context, claimed: Sequence[Claimed]) -> None:
    by_client: dict[UUID, list[UUID]] = {}
    for (client_id, _), ids in companies_by_campaign(claimed).items():
        by_client.setdefault(client_id, []).extend(ids)
    for client_id, ids in sorted(by_client.items()):
        outreach.run.contact_index.store_keys(tx, client_id, ids, context.secret)


def _qualify(tx: Tx, context: Context, claimed: Sequence[Claimed]) -> list[Change]:
    today = datetime.now(UTC).date()
    # First, as a company that must not be contacted asks for no visits.
    _store_contact_keys(tx, context, claimed)
    return [
        change
        for (client_id, campaign_id), ids in companies_by_campaign(claimed).items()
        for change in qualify.run.deciding.decide(tx, client_id, campaign_id, ids, today)
    ]


def _queue(tx: Tx, context: Context, claimed: Sequence[Claimed]) -> list[Change]:
    for (client_id, campaign_id), ids in companies_by_campaign(claimed).items():
        outreach.run.refresh.refresh(tx, client_id, campaign_id, ids, context.secret)
    return []


WORK: dict[str, Work] = {"qualify": _qualify, "queue": _queue}


def perform(context: Context, claimed: Sequence[Claimed]) -> None:
    """Do a batch of one kind; LostLeaseError, and nothing is kept, when another worker took some of
    it over.
    """
    began = monotonic()
    if claimed[0].kind == "crawl":
        from workers.crawling import crawl_batch

        crawl_batch(context, claimed)
    elif claimed[0].kind == "dedupe":
        for one in claimed:
            dedupe_client(context, one)
    elif claimed[0].kind == "enrich":
        enrich_batch(context, _by_cause(claimed))
    else:
        with context.store.write() as tx:
            for (trace_id, watchers), some in _by_cause(claimed).items():
                changes = WORK[claimed[0].kind](tx, context, some)
                follow(tx, changes, trace_id, watchers)
            finish_or_lose(tx, claimed)
    took = round(monotonic() - began, 3)
    for (trace_id, _), some in _by_cause(claimed).items():
        context.log("done", kind=claimed[0].kind, tasks=len(some), seconds=took, trace_id=trace_id)


def _by_cause(
    claimed: Sequence[Claimed],
) -> dict[tuple[str, tuple[str, ...]], list[Claimed]]:
    """Tasks by trace and watchers: what they cause carries the same, so each group is done alone."""
    found: dict[tuple[str, tuple[str, ...]], list[Claimed]] = {}
    for one in claimed:
        found.setdefault((one.trace_id, one.watchers), []).append(one)
    return found
