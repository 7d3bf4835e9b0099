"""Take back that something made a company a lead."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import delete

from leads.store import dispositions, events, handovers, lead_answers, lead_rows
from leads.store.engine import Tx
from leads.store.events import EventRow
from leads.store.lead_rows import LeadRow
from leads.store.schema import relationship
from leads.store.signals import owners

_EVER = datetime.min.replace(tzinfo=UTC)


def drop_made(tx: Tx, campaign_id: UUID, company_id: UUID, since: datetime) -> None:
    """Drop a lead that became one at that moment or later, unless a person has worked with it."""
    row = lead_rows.of_companies(tx, campaign_id, [company_id]).get(company_id)
    if row is None or row.entered_at is None or row.entered_at < since:
        return
    if not _is_worked(tx, row, row.entered_at):
        lead_rows.drop(tx, campaign_id, company_id)


def drop(tx: Tx, row: LeadRow, came: str) -> None:
    """Let a lead be none any more; `came` is the reason of a relationship that ends with it."""
    lead_rows.drop(tx, row.campaign_id, row.company_id)
    tx.execute(
        delete(relationship).where(
            relationship.c.campaign_id == row.campaign_id,
            relationship.c.company_id == row.company_id,
            relationship.c.reason == came,
        )
    )


def acted(tx: Tx, row: LeadRow) -> str | None:
    """What people did with a lead, in words; None: nobody did anything."""
    since = row.entered_at or _EVER
    moved = [one for one in standing_moves(tx, row) if one.who != "sluice"]
    if moved:
        return f"{moved[-1].who} moved it to {moved[-1].data['after']}"
    told = lead_answers.of_companies(tx, row.campaign_id, [row.company_id])
    answers = [one for one in told.get(row.company_id, {}).values() if one.recorded_at >= since]
    if answers:
        return f"{answers[0].by} recorded an answer about {answers[0].question}"
    if handovers.were_sent(tx, row.campaign_id, row.company_id):
        return "it was handed over to the client"
    these = sorted(owners(tx, [row.company_id]))
    for some in dispositions.of_companies(tx, row.campaign_id, these).values():
        if some[-1].at >= since:
            return f"{some[-1].user} reported {some[-1].kind} on {some[-1].at:%Y-%m-%d}"
    return None


def standing_moves(tx: Tx, row: LeadRow) -> list[EventRow]:
    """The moves of a lead that were not taken back, oldest first."""
    found: list[EventRow] = []
    for one in _moves(tx, row):
        if one.data.get("taken_back"):
            # It names the last move, which it takes back.
            del found[-1:]
        else:
            found.append(one)
    # Of an earlier life as a lead, which ended, nothing counts.
    return [one for one in found if row.entered_at is None or one.at >= row.entered_at]


def _moves(tx: Tx, row: LeadRow) -> list[EventRow]:
    """The moves of a lead, oldest first; the log keeps those of companies that it was merged of."""
    found: list[EventRow] = []
    for one in owners(tx, [row.company_id]):
        found += events.moves_of_lead(tx, row.campaign_id, one)
    return sorted(found, key=lambda one: (one.at, one.id))


def _is_worked(tx: Tx, row: LeadRow, since: datetime) -> bool:
    """Whether a person moved it or recorded an answer since, or it waits for the client."""
    if any(one.at >= since and one.who != "sluice" for one in _moves(tx, row)):
        return True
    told = lead_answers.of_companies(tx, row.campaign_id, [row.company_id])
    if any(one.recorded_at >= since for one in told.get(row.company_id, {}).values()):
        return True
    return bool(handovers.open_of(tx, row.campaign_id, row.company_id))
