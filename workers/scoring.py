"""The work of score tasks: score companies by their signals."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

import engage.run.scoring
from engage.run.scoring import NewlySuppressed
from leads.changes import Change, TemperaturesChanged
from leads.errors import UsageError
from leads.store import Tx
from leads.store.ledger.tasks import Claimed
from outreach.run.suppress import add_company
from workers.by_campaign import companies_by_campaign
from workers.context import Context


def score_companies(tx: Tx, context: Context, claimed: Sequence[Claimed]) -> list[Change]:
    """Score the companies of a batch, and suppress those whose signals say so."""
    changes: list[Change] = []
    for (client_id, campaign_id), ids in companies_by_campaign(claimed).items():
        done = engage.run.scoring.refresh(tx, client_id, campaign_id, ids)
        if done.changed:
            changes.append(TemperaturesChanged(client_id, campaign_id, tuple(done.changed)))
        for one in done.suppressed:
            changes += _suppress(tx, context, (client_id, campaign_id), one)
    return changes


def _suppress(
    tx: Tx, context: Context, where: tuple[UUID, UUID], one: NewlySuppressed
) -> Sequence[Change]:
    """Suppress a company; where other clients could not recognise it, for this client alone."""
    client_id, campaign_id = where
    for level in dict.fromkeys((one.level, "client")):
        with suppress(UsageError):
            return add_company(
                tx,
                client_id,
                one.company_id,
                "sluice",
                one.reason,
                context.secret,
                level=level,
                campaign_id=campaign_id if level == "campaign" else None,
            ).changes
    return ()
