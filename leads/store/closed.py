"""What is known of the outcome of each company that a campaign has worked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from leads.store.companies import survivors
from leads.store.engine import Tx
from leads.store.schema import company, disposition, event, lead, relationship


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedRow:
    """A company that a campaign has worked, and how it stands."""

    company_id: UUID
    #: Of the relationship; `untouched` without one.
    state: str = "untouched"
    since: datetime | None = None
    reason: str = ""
    #: Of a lead: its stage, since when it has that, and when it became a lead, if that was kept.
    lead_stage: str | None = None
    lead_since: datetime | None = None
    entered_at: datetime | None = None
    #: When it came by itself, by the log.
    came_at: datetime | None = None
    #: The first disposition.
    first_at: datetime | None = None


def worked(tx: Tx, client_id: UUID, campaign_id: UUID, came: str) -> list[WorkedRow]:
    """The companies of a campaign with a relationship, a lead or a disposition, by id; the
    dispositions of merged companies count for the one that is left. `came` is the verb of the log
    for companies that came by themselves.
    """
    states = {row.company_id: row for row in tx.execute(_states(campaign_id))}
    leads = {row.company_id: row for row in tx.execute(_leads(campaign_id))}
    firsts = {row.of: row.first for row in tx.execute(_firsts(campaign_id))}
    arrivals = _arrivals(tx, client_id, campaign_id, came)
    return [
        WorkedRow(
            company_id=one,
            state=states[one].state if one in states else "untouched",
            since=states[one].since if one in states else None,
            reason=states[one].reason if one in states else "",
            lead_stage=leads[one].stage if one in leads else None,
            lead_since=leads[one].since if one in leads else None,
            entered_at=leads[one].entered_at if one in leads else None,
            came_at=arrivals.get(str(one)),
            first_at=firsts.get(one),
        )
        for one in sorted({*states, *leads, *firsts})
    ]


def _states(campaign_id: UUID) -> Any:
    return (
        select(
            relationship.c.company_id,
            relationship.c.state,
            relationship.c.since,
            relationship.c.reason,
        )
        .join(company, company.c.id == relationship.c.company_id)
        .where(relationship.c.campaign_id == campaign_id, company.c.merged_into.is_(None))
    )


def _leads(campaign_id: UUID) -> Any:
    return (
        select(lead.c.company_id, lead.c.stage, lead.c.since, lead.c.entered_at)
        .join(company, company.c.id == lead.c.company_id)
        .where(lead.c.campaign_id == campaign_id, company.c.merged_into.is_(None))
    )


def _arrivals(tx: Tx, client_id: UUID, campaign_id: UUID, came: str) -> dict[str, datetime]:
    """When companies last came by themselves; those of merged ones count for the one left."""
    owners = {str(one): str(to) for one, to in survivors(tx, client_id).items()}
    wanted = select(event.c.thing_id, event.c.at, event.c.data).where(
        event.c.thing == "lead", event.c.verb == came, event.c.client_id == client_id
    )
    found: dict[str, datetime] = {}
    for row in tx.execute(wanted):
        if row.data.get("campaign_id") == str(campaign_id):
            one = owners.get(row.thing_id, row.thing_id)
            found[one] = max(row.at, found.get(one, row.at))
    return found


def _firsts(campaign_id: UUID) -> Any:
    owner = func.coalesce(company.c.merged_into, company.c.id)
    return (
        select(owner.label("of"), func.min(disposition.c.at).label("first"))
        .join(company, company.c.id == disposition.c.company_id)
        .where(disposition.c.campaign_id == campaign_id, disposition.c.undone_at.is_(None))
        .group_by(owner)
    )
