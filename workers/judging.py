"""The work of qualify tasks: decide companies against their campaigns' profiles."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import outreach.run.contact_index
import qualify.run.deciding
from leads.changes import Change
from leads.clock import now
from leads.store import Tx, suppressions
from leads.store.ledger.tasks import Claimed
from workers.by_campaign import companies_by_campaign
from workers.context import Context


def qualify_companies(tx: Tx, context: Context, claimed: Sequence[Claimed]) -> list[Change]:
    """Decide the companies of a batch; the changes that follow."""
    today = now().date()
    if suppressions.any_live(tx):
        # First, as a company that must not be contacted asks for no visits. Without suppressions
        # only the companies in a queue need keys: the queue stores those.
        _store_contact_keys(tx, context, claimed)

    changes: list[Change] = []
    for (client_id, campaign_id), ids in companies_by_campaign(claimed).items():
        changes += qualify.run.deciding.decide(tx, client_id, campaign_id, ids, today)
    return changes


def _store_contact_keys(tx: Tx, context: Context, claimed: Sequence[Claimed]) -> None:
    by_client: dict[UUID, list[UUID]] = {}
    for (client_id, _), ids in companies_by_campaign(claimed).items():
        by_client.setdefault(client_id, []).extend(ids)
    for client_id, ids in sorted(by_client.items()):
        outreach.run.contact_index.store_keys(tx, client_id, ids, context.secret)
