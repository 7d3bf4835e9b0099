"""Take back that something made a company a lead."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from leads.store import events, handovers, lead_answers, lead_rows
from leads.store.engine import Tx
from leads.store.lead_rows import LeadRow


def drop_made(tx: Tx, campaign_id: UUID, company_id: UUID, since: datetime) -> None:
    """Drop a lead that became one at that moment or later, unless a person has worked with it."""
    row = lead_rows.of_companies(tx, campaign_id, [company_id]).get(company_id)
    if row is None or row.entered_at is None or row.entered_at < since:
        return
    if not _is_worked(tx, row, row.entered_at):
        lead_rows.drop(tx, campaign_id, company_id)


def _is_worked(tx: Tx, row: LeadRow, since: datetime) -> bool:
    """Whether a person moved it or recorded an answer since, or it waits for the client."""
    moves = events.moves_of_lead(tx, row.campaign_id, row.company_id)
    if any(one.at >= since and one.who != "sluice" for one in moves):
        return True
    told = lead_answers.of_companies(tx, row.campaign_id, [row.company_id])
    if any(one.recorded_at >= since for one in told.get(row.company_id, {}).values()):
        return True
    return bool(handovers.open_of(tx, row.campaign_id, row.company_id))
