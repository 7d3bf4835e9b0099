"""How fresh the facts are that verdicts rest on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from leads.store.bound import CAMPAIGN, COMPANIES, IDS
from leads.store.engine import Tx, chunks
from leads.store.schema import fact, verdict

_RESTS_ON = select(verdict.c.company_id, verdict.c.fact_ids).where(
    verdict.c.campaign_id == CAMPAIGN,
    verdict.c.company_id.in_(COMPANIES),
    verdict.c.superseded_at.is_(None),
)
_DAYS = select(fact.c.id, fact.c.as_of, fact.c.observed_at).where(fact.c.id.in_(IDS))


def newest_days(tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, date]:
    """The day of the newest fact that each company's verdict in force rests on."""
    rests_on: dict[UUID, list[UUID]] = {}
    for some in chunks(list(company_ids)):
        for row in tx.execute(_RESTS_ON, {"of_campaign": campaign_id, "of_companies": some}):
            rests_on[row.company_id] = [UUID(text) for text in row.fact_ids]

    days = _days(tx, list({one for some in rests_on.values() for one in some}))
    newest = {}
    for company_id, fact_ids in rests_on.items():
        seen = [days[one] for one in fact_ids if one in days]
        if seen:
            newest[company_id] = max(seen)
    return newest


def _days(tx: Tx, fact_ids: list[UUID]) -> dict[UUID, date]:
    found = {}
    for some in chunks(fact_ids):
        for row in tx.execute(_DAYS, {"ids": some}):
            found[row.id] = row.as_of or row.observed_at.date()
    return found
