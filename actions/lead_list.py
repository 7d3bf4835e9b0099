"""List the leads of a campaign, and those whose next touch is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from actions.lead_barriers import barred
from actions.lead_stages import stage_named
from actions.session import Session, Transaction
from actions.where import Where
from engage.handover.stages import LeadStage, funnel
from engage.nurture.touches import TEMPERATURES
from engage.run.lead_moves import without_score
from engage.run.opt_ins import counting, needs_opt_in
from leads.clock import now
from leads.errors import UsageError
from leads.store import Tx, lead_rows, scores
from leads.store.lead_rows import NamedLead


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLead:
    """One lead as people see it."""

    company_id: UUID
    company: str
    stage: str
    #: `MOFU` or `BOFU`.
    funnel: str
    temperature: str
    since: datetime
    next_touch_at: datetime
    next_touch: str
    #: Whether the next touch is due; never while it must not be contacted.
    due: bool
    #: Why it must not be contacted; None when it may.
    barred: str | None


def list_leads(
    session: Session,
    where: Where,
    *,
    stage: str | None = None,
    temperature: str | None = None,
    only_due: bool = False,
) -> list[ListedLead]:
    """List the leads of a campaign, the next touch first; a B2C client's only with an opt-in."""
    wanted = stage_named(stage) if stage else None
    check_temperature(temperature)
    at = now()
    with session.read() as work:
        client_id, campaign_id = work.campaign(where.client, where.campaign)
        found = lead_rows.of_campaign(work.tx, campaign_id, wanted, at if only_due else None)
        listed = listed_leads(work, (client_id, campaign_id), found, at)
    return [
        one
        for one in listed
        if temperature in (None, one.temperature) and (one.due or not only_due)
    ]


def check_temperature(temperature: str | None) -> None:
    """UsageError unless a text is a temperature."""
    if temperature is not None and temperature not in TEMPERATURES:
        raise UsageError(
            f"{temperature[:60]!r} is no temperature", "write cold, warm, hot or unknown"
        )


def listed_leads(
    work: Transaction, place: tuple[UUID, UUID], found: Sequence[NamedLead], at: datetime
) -> list[ListedLead]:
    """Those of the leads of a client and campaign that count, as people see them."""
    rows = _counting(work.tx, *place, found)
    ids = [one.lead.company_id for one in rows]
    warm = _temperatures(work.tx, place[1], ids)
    reasons = barred(work, *place, ids)
    return [
        _listed(one, warm[one.lead.company_id], reasons.get(one.lead.company_id), at)
        for one in rows
    ]


def without_opt_in(
    session: Session, where: Where, *, stage: str | None = None, only_due: bool = False
) -> int:
    """How many companies would be listed as leads of a B2C client, were their opt-in recorded."""
    wanted = stage_named(stage) if stage else None
    with session.read() as work:
        client_id, campaign_id = work.campaign(where.client, where.campaign)
        if not needs_opt_in(work.tx, campaign_id):
            return 0
        due_by = now() if only_due else None
        found = lead_rows.of_campaign(work.tx, campaign_id, wanted, due_by)
        return len(found) - len(_counting(work.tx, client_id, campaign_id, found))


def _counting(
    tx: Tx, client_id: UUID, campaign_id: UUID, rows: Sequence[NamedLead]
) -> list[NamedLead]:
    some = counting(tx, client_id, campaign_id, [one.lead.company_id for one in rows])
    return [one for one in rows if one.lead.company_id in some]


def _temperatures(tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]) -> Mapping[UUID, str]:
    known = scores.of_companies(tx, campaign_id, company_ids)
    otherwise = without_score(tx, campaign_id)
    return {one: known[one].temperature if one in known else otherwise for one in company_ids}


def _listed(one: NamedLead, temperature: str, reason: str | None, at: datetime) -> ListedLead:
    lead = one.lead
    return ListedLead(
        company_id=lead.company_id,
        company=one.company,
        stage=lead.stage,
        funnel=funnel(LeadStage(lead.stage)),
        temperature=temperature,
        since=lead.since,
        next_touch_at=lead.next_touch_at,
        next_touch=lead.next_touch,
        due=reason is None and lead.next_touch_at <= at,
        barred=reason,
    )
