"""Take back that a lead became a customer."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from leads.clock import now
from leads.store import events, lead_rows
from leads.store.engine import Tx

_CUSTOMER = lead_rows.STAGES[-1]


def take_back(tx: Tx, campaign_id: UUID, company_id: UUID) -> None:
    """Give a customer the stage that it had before, by the log; one that the sale made a lead is
    none any more, and other leads stay as they are.
    """
    row = lead_rows.of_companies(tx, campaign_id, [company_id]).get(company_id)
    if row is None or row.stage != _CUSTOMER:
        return
    before = _before(tx, campaign_id, company_id)
    if before is None:
        lead_rows.drop(tx, campaign_id, company_id)
        return
    at = now()
    lead_rows.put(tx, replace(row, stage=before, since=at, next_touch_at=at))
    line = events.Happened(
        verb="stage moved",
        thing="company",
        thing_id=company_id,
        client_id=row.client_id,
        reason="the sale was taken back",
        data={
            "campaign_id": str(campaign_id),
            "before": _CUSTOMER,
            "after": before,
            "taken_back": True,
        },
    )
    events.log(tx, [line])


def _before(tx: Tx, campaign_id: UUID, company_id: UUID) -> str | None:
    moves = events.moves_of_lead(tx, campaign_id, company_id)
    last = moves[-1].data if moves else {}
    return str(last["before"]) if last.get("after") == _CUSTOMER else None
