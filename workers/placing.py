"""The work of queue tasks: place companies in the queue of their campaign."""

from __future__ import annotations

from collections.abc import Sequence

import engage.run.chances
import outreach.run.refresh
from leads.changes import Change
from leads.store import Tx
from leads.store.ledger.tasks import Claimed
from workers.by_campaign import companies_by_campaign
from workers.context import Context


def place_companies(tx: Tx, context: Context, claimed: Sequence[Claimed]) -> list[Change]:
    """Place the companies of a batch; nothing follows from it."""
    for (client_id, campaign_id), ids in companies_by_campaign(claimed).items():
        engage.run.chances.refresh(tx, client_id, campaign_id, ids)
        outreach.run.refresh.refresh(tx, client_id, campaign_id, ids, context.secret)
    return []
