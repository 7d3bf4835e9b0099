"""Record what a company answered, and make it a lead when it has a need or a will."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engage.handover.checklist import QUESTIONS, Qualified, Reply, qualified
from engage.handover.stages import LeadStage, Move
from engage.run.checklists import Checked, checklists, replies
from engage.run.handing_over import Lead
from engage.run.lead_files import agreement, nurture
from engage.run.lead_moves import enter, follow, temperature_of
from engage.run.opt_ins import counting
from leads.errors import NotFoundError, UsageError
from leads.stages import Relationship
from leads.store import Tx, lead_answers, lead_rows, verdicts
from leads.store.lead_answers import NewAnswer
from leads.store.lead_rows import LeadRow

_SHOWS_INTEREST = ("need", "will")


@dataclass(frozen=True, slots=True)
class Told:
    """The checklist of a company, and what follows."""

    checklist: Mapping[str, Checked]
    #: None: no hand-over file is in force.
    rule: Qualified | None
    #: What to ask for each question that is open.
    questions: Mapping[str, str]
    #: None: the company is no lead.
    lead: LeadRow | None
    temperature: str
    #: Why a company with a need or a will is no lead.
    why_not: str = ""


def qualify(
    tx: Tx, lead: Lead, given: Mapping[str, Reply], words: str, source: str, at: datetime
) -> Told:
    """Store replies; a company with a need or a will is a lead from then on."""
    lead_answers.add(
        tx,
        [
            NewAnswer(
                client_id=lead.client_id,
                campaign_id=lead.campaign_id,
                company_id=lead.company_id,
                question=question,
                reply=reply.value,
                words=words,
                source=source,
                by=lead.by,
                at=at,
            )
            for question, reply in given.items()
        ],
    )
    why_not = ""
    if any(given.get(one) in (Reply.YES, Reply.PARTLY) for one in _SHOWS_INTEREST):
        why_not = _make_lead(tx, lead)
    follow(tx, lead.client_id, lead.campaign_id, [lead.company_id])
    return view(tx, lead, why_not)


def view(tx: Tx, lead: Lead, why_not: str = "") -> Told:
    """The checklist of a company as it stands."""
    file = agreement(tx, lead.campaign_id)
    lines = checklists(tx, lead.campaign_id, [lead.company_id])[lead.company_id]
    row = lead_rows.of_companies(tx, lead.campaign_id, [lead.company_id]).get(lead.company_id)
    texts = dict(QUESTIONS) | (
        {str(key): text for key, text in file.questions.items()} if file else {}
    )
    return Told(
        checklist=lines,
        rule=qualified(file.ways(), replies(lines)) if file else None,
        questions={name: texts[name] for name in QUESTIONS if lines[name].reply == Reply.UNKNOWN},
        lead=row,
        temperature=temperature_of(tx, lead.campaign_id, lead.company_id),
        why_not=why_not,
    )


def move(tx: Tx, lead: Lead, stage: LeadStage, reason: str) -> LeadRow:
    """Let a person move a lead to any stage, with the reason; the stage it had before."""
    row = lead_rows.of_companies(tx, lead.campaign_id, [lead.company_id]).get(lead.company_id)
    if row is None:
        raise NotFoundError(f"{lead.company} is not a lead", "see `sluice lead list`")
    if row.stage == stage:
        raise UsageError(f"{lead.company} is at {stage} already", "name another stage")
    warm = temperature_of(tx, lead.campaign_id, lead.company_id)
    enter(tx, row, Move(stage, reason), lead.by, nurture(tx, lead.campaign_id), warm)
    return row


def _make_lead(tx: Tx, lead: Lead) -> str:
    """Make a company a lead; the reason when it counts as none."""
    if not counting(tx, lead.client_id, lead.campaign_id, [lead.company_id]):
        return "no opt-in is recorded; `sluice signal add COMPANY opted_in` records one"
    known = verdicts.relationships(tx, lead.campaign_id, [lead.company_id]).get(lead.company_id)
    state = Relationship(known.state) if known else Relationship.UNTOUCHED
    if state is Relationship.LOST:
        return f"it is lost ({known.reason if known else ''}); `sluice queue reopen` reopens it"
    lead_rows.ensure(tx, lead.client_id, lead.campaign_id, lead.company_id)
    if state.is_before_lead:
        verdicts.relate(
            tx,
            lead.client_id,
            lead.campaign_id,
            lead.company_id,
            Relationship.LEAD.value,
            "has a need or a will",
        )
    return ""
