"""How fresh the facts are that verdicts rest on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from leads.store import driver, verdicts
from leads.store.bound import IDS
from leads.store.engine import Tx, chunks
from leads.store.schema import fact

_DAYS = select(fact.c.id, fact.c.as_of, fact.c.observed_at).where(fact.c.id.in_(IDS))


def newest_days(tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, date]:
    """The day of the newest fact that each company's verdict in force rests on."""
    rests_on = verdicts.rests_on(tx, campaign_id, company_ids)
    days = _days(tx, list({one for some in rests_on.values() for one in some}))
    newest = {}
    for company_id, fact_ids in rests_on.items():
        seen = [days[one] for one in fact_ids if one in days]
        if seen:
            newest[company_id] = max(seen)
    return newest


def _days(tx: Tx, fact_ids: list[UUID]) -> dict[UUID, date]:
    found = {}
    for some in chunks(fact_ids, driver.MOST_FILLED):
        for fact_id, as_of, observed_at in driver.read(tx, _DAYS, {"ids": some}):
            found[fact_id] = as_of or observed_at.date()
    return found
