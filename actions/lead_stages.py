"""The leads of a campaign: list them, record what they told, move them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from actions.actor import Right
from actions.follow_up import work_off
from actions.session import Session, Transaction
from actions.where import Where
from engage.handover.checklist import parse_replies
from engage.handover.stages import LeadStage, funnel
from engage.run import qualifying
from engage.run.handing_over import Lead
from engage.run.lead_files import agreement
from engage.run.lead_moves import counts, without_score
from engage.run.qualifying import Told
from leads.changes import SignalsChanged, VerdictsChanged
from leads.clock import now
from leads.errors import UsageError
from leads.store import company_search, lead_rows, scores, signals
from leads.yaml_mistakes import did_you_mean

__all__ = ["ListedLead", "Told", "lead_named", "list_leads", "move_lead", "qualify_lead"]


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
    #: Whether the next touch is due.
    due: bool


def lead_named(work: Transaction, where: Where, company: str) -> Lead:
    """The lead that a person names; whether it is one is for the caller to see."""
    client_id, campaign_id = work.campaign(where.client, where.campaign)
    found = company_search.find(work.tx, client_id, company)
    return Lead(
        client_id=client_id,
        campaign_id=campaign_id,
        company_id=found.id,
        company=found.name,
        by=work.actor.name,
    )


def list_leads(
    session: Session,
    where: Where,
    *,
    stage: str | None = None,
    temperature: str | None = None,
    due_at: datetime | None = None,
) -> list[ListedLead]:
    """List the leads of a campaign, the next touch first; a B2C client's only with an opt-in."""
    wanted = _stage(stage) if stage else None
    if temperature not in (None, "cold", "warm", "hot", "unknown"):
        raise UsageError(
            f"{temperature[:60]!r} is no temperature", "write cold, warm, hot or unknown"
        )
    with session.read() as work:
        client_id, campaign_id = work.campaign(where.client, where.campaign)
        rows = lead_rows.of_campaign(work.tx, campaign_id, wanted, due_at)
        ids = [one.lead.company_id for one in rows]
        known = scores.of_companies(work.tx, campaign_id, ids)
        otherwise = without_score(work.tx, campaign_id)
        file = agreement(work.tx, campaign_id)
        if file is not None and file.audience == "b2c":
            said = signals.of_companies(work.tx, client_id, ids)
            rows = [one for one in rows if counts(file, said.get(one.lead.company_id, []))]
    at = now()
    listed = []
    for one in rows:
        score = known.get(one.lead.company_id)
        warm = score.temperature if score else otherwise
        if temperature in (None, warm):
            listed.append(
                ListedLead(
                    company_id=one.lead.company_id,
                    company=one.company,
                    stage=one.lead.stage,
                    funnel=funnel(LeadStage(one.lead.stage)),
                    temperature=warm,
                    since=one.lead.since,
                    next_touch_at=one.lead.next_touch_at,
                    next_touch=one.lead.next_touch,
                    due=one.lead.next_touch_at <= at,
                )
            )
    return listed


def qualify_lead(
    session: Session,
    where: Where,
    company: str,
    answers: Sequence[str],
    *,
    words: str = "",
    source: str = "call",
    at: datetime | None = None,
) -> tuple[str, Told]:
    """Record what a company told; without answers, only look. Its name and its checklist."""
    given = parse_replies(answers)
    if at is not None and at > now():
        raise UsageError(f"{at:%Y-%m-%d %H:%M} UTC is in the future", "name when it was said")
    if len(words) > 2_000 or len(source) > 100:
        raise UsageError("the words or the source are too long", "shorten them")
    if not given:
        with session.read() as work:
            lead = lead_named(work, where, company)
            return lead.company, qualifying.view(work.tx, lead)
    with session.write(Right.WORK_QUEUE) as work:
        lead = lead_named(work, where, company)
        told = qualifying.qualify(work.tx, lead, given, words, source, at or now())
        work.follow(changes_of(lead))
    work_off(session)
    return lead.company, told


def move_lead(
    session: Session, where: Where, company: str, stage: str, reason: str
) -> tuple[str, str]:
    """Let a person move a lead to any stage; its name, and the stage that it had."""
    wanted = LeadStage(_stage(stage))
    if not reason.strip():
        raise UsageError("a move needs a reason", "add --reason TEXT")
    with session.write(Right.WORK_QUEUE) as work:
        lead = lead_named(work, where, company)
        before = qualifying.move(work.tx, lead, wanted, reason.strip())
    return lead.company, before.stage


def changes_of(lead: Lead) -> list[SignalsChanged | VerdictsChanged]:
    """What must be computed again after a lead changed."""
    some = (lead.company_id,)
    return [
        SignalsChanged(lead.client_id, some),
        VerdictsChanged(lead.client_id, lead.campaign_id, some),
    ]


def _stage(text: str) -> str:
    if text not in list(LeadStage):
        raise UsageError(
            f"there is no stage {text[:60]!r}{did_you_mean(text, list(LeadStage))}",
            f"the stages are {', '.join(LeadStage)}",
        )
    return text
