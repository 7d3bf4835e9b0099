"""Send a lead to the client, and record the client's answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from engage.handover.checklist import qualified
from engage.handover.file import HandoverFile
from engage.handover.stages import LeadStage, Move
from engage.handover.working_days import after_working_days, working_days
from engage.run.checklists import checklists, replies
from engage.run.handed_over import document
from engage.run.lead_files import agreement, nurture
from engage.run.lead_moves import enter, temperature_of
from engage.run.lead_touches import handed_over
from engage.run.opt_ins import counting
from leads.answers import Answer
from leads.clock import now
from leads.durations import duration
from leads.errors import NotAllowedError, NotFoundError, UsageError
from leads.stages import Relationship
from leads.store import Tx, events, handovers, lead_rows, verdicts
from leads.store.handovers import HandoverRow, NewHandover
from leads.store.lead_rows import LeadRow
from leads.yaml_mistakes import did_you_mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Whose lead is meant, and who acts."""

    client_id: UUID
    campaign_id: UUID
    company_id: UUID
    company: str
    by: str


def agreement_of(tx: Tx, campaign_id: UUID) -> HandoverFile:
    """The hand-over file in force; NotFoundError without one."""
    file = agreement(tx, campaign_id)
    if file is None:
        raise NotFoundError(
            "no hand-over file is in force for this campaign", "`sluice handover use FILE` sets one"
        )
    return file


def send(tx: Tx, lead: Lead) -> Mapping[str, Any]:
    """Record that a qualified lead is sent to the client; everything that is known of it."""
    file = agreement_of(tx, lead.campaign_id)
    row = _lead_row(tx, lead)
    if handovers.open_of(tx, lead.campaign_id, lead.company_id):
        raise _waits(lead)
    _check_opt_in(tx, lead, file)
    lines = checklists(tx, lead.campaign_id, [lead.company_id])[lead.company_id]
    _check_rule(lead, file, replies(lines))
    at = now()
    new = NewHandover(
        client_id=lead.client_id,
        campaign_id=lead.campaign_id,
        company_id=lead.company_id,
        version=file.version,
        checklist=replies(lines),
        sent_by=lead.by,
        sent_at=at,
        answer_by=after_working_days(at, working_days(file.answer_within)),
    )
    made = handovers.add(tx, new)
    if made is None:
        raise _waits(lead)
    if row.stage in (LeadStage.UNQUALIFIED, LeadStage.NURTURE, LeadStage.MQL):
        row = _enter(tx, lead, row, Move(LeadStage.SQL, "handed over to the client"))
    if row.stage != LeadStage.CUSTOMER:
        lead_rows.put(tx, handed_over(row, new.answer_by))
    _relate(tx, lead, Relationship.QUALIFIED_LEAD, "handed over to the client")
    told = document(tx, new, made, lead.company, list(lines.values()))
    _log(tx, lead, "handed over", "", {"handover_id": str(made)}, told)
    return told


def accept(tx: Tx, lead: Lead, words: str) -> HandoverRow:
    """Record that the client took the lead: it is an opportunity now."""
    found = _answered(tx, lead, "accepted", "", words)
    _enter(tx, lead, _lead_row(tx, lead), Move(LeadStage.OPPORTUNITY, "the client accepted it"))
    _log(tx, lead, "lead accepted", words)
    return found


def reject(tx: Tx, lead: Lead, reason: str, words: str) -> LeadStage:
    """Record that the client refused the lead, which waits in nurture; its stage now."""
    file = agreement_of(tx, lead.campaign_id)
    if reason not in file.reject_reasons:
        raise UsageError(
            f"{reason[:60]!r} is no reason of the hand-over file"
            f"{did_you_mean(reason, file.reject_reasons)}",
            f"its reasons are {', '.join(file.reject_reasons)}",
        )
    _answered(tx, lead, "rejected", reason, words)
    agreed = file.reject_reasons[reason]
    later = duration(agreed.again_after) if agreed.again_after else None
    cause = f"the client rejected it: {agreed.says}"
    row = _enter(tx, lead, _lead_row(tx, lead), Move(LeadStage.NURTURE, cause), later)
    _relate(tx, lead, Relationship.LEAD, cause)
    _log(tx, lead, "lead rejected", words or agreed.says, {"code": reason})
    return LeadStage(row.stage)


def _answered(tx: Tx, lead: Lead, state: str, reason: str, words: str) -> HandoverRow:
    """Answer every hand-over that waits: companies that were merged since may have one each."""
    waiting = handovers.open_of(tx, lead.campaign_id, lead.company_id)
    done = [one for one in waiting if handovers.answer(tx, one.id, state, lead.by, reason, words)]
    if not done:
        raise NotFoundError(
            f"no hand-over of {lead.company} waits for an answer", "see `sluice handover list`"
        )
    return done[0]


def _waits(lead: Lead) -> NotAllowedError:
    return NotAllowedError(
        f"{lead.company} was handed over already, and the client has not answered",
        "record the answer with `sluice handover accept` or `reject`",
    )


def _lead_row(tx: Tx, lead: Lead) -> LeadRow:
    row = lead_rows.of_companies(tx, lead.campaign_id, [lead.company_id]).get(lead.company_id)
    if row is None:
        raise NotFoundError(
            f"{lead.company} is not a lead",
            "`sluice lead qualify` records what it told, `sluice queue done` its interest",
        )
    return row


def _check_rule(lead: Lead, file: HandoverFile, given: Mapping[str, str]) -> None:
    rule = qualified(file.ways(), given)
    if rule.answer is Answer.YES:
        return
    said = [f"{name} is {given[name]}" for name in (*rule.against, *rule.open)]
    first = (*rule.open, *rule.against)[0]
    raise NotAllowedError(
        f"{lead.company} is no qualified lead by {file.handover} version {file.version}:"
        f" {', '.join(said)}",
        f"record what it told with `sluice lead qualify COMPANY {first}=yes`",
    )


def _check_opt_in(tx: Tx, lead: Lead, file: HandoverFile) -> None:
    if not counting(tx, lead.client_id, lead.campaign_id, [lead.company_id]):
        raise NotAllowedError(
            f"{lead.company} has no recorded opt-in, which {file.handover} asks for (b2c)",
            "record it with `sluice signal add COMPANY opted_in`",
        )


def _enter(
    tx: Tx, lead: Lead, row: LeadRow, move: Move, again_after: timedelta | None = None
) -> LeadRow:
    """Let a lead enter a stage; one that bought meanwhile stays a customer."""
    if row.stage == LeadStage.CUSTOMER:
        return row
    plan = nurture(tx, lead.campaign_id)
    warm = temperature_of(tx, lead.campaign_id, lead.company_id)
    return enter(tx, row, move, lead.by, plan, warm, again_after)


def _relate(tx: Tx, lead: Lead, state: Relationship, reason: str) -> None:
    """Keep what is further, such as a customer."""
    known = verdicts.relationships(tx, lead.campaign_id, [lead.company_id]).get(lead.company_id)
    if known is None or known.state not in (Relationship.CUSTOMER, Relationship.LOST):
        verdicts.relate(tx, lead.client_id, lead.campaign_id, lead.company_id, state.value, reason)


def _log(
    tx: Tx,
    lead: Lead,
    verb: str,
    reason: str,
    data: Mapping[str, Any] | None = None,
    told: Mapping[str, Any] | None = None,
) -> None:
    line = events.Happened(
        verb=verb,
        thing="company",
        thing_id=lead.company_id,
        client_id=lead.client_id,
        who=lead.by,
        reason=reason,
        data={"campaign_id": str(lead.campaign_id), **(data or {})},
        told=told or {},
    )
    events.log(tx, [line])
