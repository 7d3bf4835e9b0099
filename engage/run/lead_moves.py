"""Make companies leads, move them from stage to stage, and set their next touch."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from engage.handover.checklist import qualified
from engage.handover.file import HandoverFile
from engage.handover.stages import Evidence, LeadStage, Move, next_move
from engage.nurture.file import NurtureFile
from engage.nurture.touches import touch
from engage.run.checklists import checklists, replies
from engage.run.heard import Heard, read
from engage.run.lead_files import agreement, nurture
from engage.run.lead_touches import Known, entered, touch_again
from engage.run.opt_ins import counting
from engage.run.rules import in_force, kinds_of
from leads.answers import Answer
from leads.stages import Relationship
from leads.store import Tx, events, lead_rows, scores, verdicts
from leads.store.lead_rows import LeadRow
from leads.store.scores import ScoreRow

#: Used while a campaign has no hand-over file.
_WAYS: Mapping[LeadStage, Sequence[str]] = {
    LeadStage.MQL: ("mql",),
    LeadStage.SQL: ("sql", "pql", "service"),
}


def ways_of(file: HandoverFile | None) -> Mapping[LeadStage, Sequence[str]]:
    """Which qualifications lead to a stage."""
    if file is None:
        return _WAYS
    return {LeadStage.MQL: file.stages.mql, LeadStage.SQL: file.stages.sql}


def follow(
    tx: Tx,
    client_id: UUID,
    campaign_id: UUID,
    company_ids: Sequence[UUID],
    temperatures_before: Mapping[UUID, str] | None = None,
    said: Mapping[UUID, Heard] | None = None,
) -> list[UUID]:
    """Move companies forward whose signals or answers say so; those that moved.

    `temperatures_before` are those of companies that have another one now: a warmer one is due
    earlier, a cooler one later. `said` is what their signals say, where that was read already.
    """
    file, plan = agreement(tx, campaign_id), nurture(tx, campaign_id)
    found = scores.of_companies(tx, campaign_id, company_ids)
    present = lead_rows.of_companies(tx, campaign_id, company_ids)
    raised = _raised(found, present, ways_of(file))
    if not present and not raised:
        return []

    known = _known(tx, client_id, campaign_id, [*present, *raised], found, said)
    some = counting(tx, client_id, campaign_id, known)
    for one in known:
        if one in some and one in raised:
            lead_rows.ensure(tx, client_id, campaign_id, one)
    moved = []
    for one, row in lead_rows.of_companies(tx, campaign_id, sorted(some)).items():
        move = next_move(LeadStage(row.stage), _evidence(row, known[one], file), ways_of(file))
        if move:
            row = enter(tx, row, move, "sluice", plan, known[one].temperature)
            touch_again(tx, row, known[one], plan)
            moved.append(one)
        else:
            touch_again(tx, row, known[one], plan, (temperatures_before or {}).get(one))
    return moved


def _raised(
    found: Mapping[UUID, ScoreRow],
    present: Collection[UUID],
    ways: Mapping[LeadStage, Sequence[str]],
) -> set[UUID]:
    """The companies that a qualification makes leads."""
    leading = {name for names in ways.values() for name in names}
    return {
        one
        for one, row in found.items()
        if one not in present and leading.intersection(row.qualifications)
    }


def enter(
    tx: Tx,
    row: LeadRow,
    move: Move,
    by: str,
    plan: NurtureFile,
    temperature: str,
    again_after: timedelta | None = None,
) -> LeadRow:
    """Let a lead enter a stage, with its cause in the log and a next touch; the lead as it is.

    A lead may enter its stage again, which the log does not call a move.
    """
    following = touch(plan, move.stage, temperature)
    if again_after is not None:
        following = replace(following, after=again_after)
    after = entered(row, move.stage, following)
    lead_rows.put(tx, after)
    if row.stage == move.stage:
        return after
    line = events.Happened(
        verb="stage moved",
        thing="company",
        thing_id=row.company_id,
        client_id=row.client_id,
        who=by,
        reason=move.cause,
        data={
            "campaign_id": str(row.campaign_id),
            "before": str(row.stage),
            "after": str(move.stage),
        },
    )
    events.log(tx, [line])
    return after


def temperature_of(tx: Tx, campaign_id: UUID, company_id: UUID) -> str:
    """The temperature of a company; `unknown` where signals are not scored."""
    row = scores.of_companies(tx, campaign_id, [company_id]).get(company_id)
    return row.temperature if row else without_score(tx, campaign_id)


def without_score(tx: Tx, campaign_id: UUID) -> str:
    """The temperature of companies without a score: cold, or `unknown` without a scoring file."""
    return "cold" if in_force(tx, campaign_id) else "unknown"


def _known(
    tx: Tx,
    client_id: UUID,
    campaign_id: UUID,
    company_ids: Sequence[UUID],
    found: Mapping[UUID, ScoreRow],
    said: Mapping[UUID, Heard] | None,
) -> dict[UUID, Known]:
    lists = checklists(tx, campaign_id, company_ids)
    if said is None:
        said = read(tx, client_id, campaign_id, company_ids, kinds_of(tx, campaign_id))
    related = verdicts.relationships(tx, campaign_id, company_ids)
    otherwise = without_score(tx, campaign_id)
    return {
        one: Known(
            score=found.get(one),
            temperature=found[one].temperature if one in found else otherwise,
            checklist=lists[one],
            heard=said.get(one, Heard()),
            is_customer=one in related and related[one].state == Relationship.CUSTOMER,
        )
        for one in company_ids
    }


def _evidence(row: LeadRow, known: Known, file: HandoverFile | None) -> Evidence:
    met = qualified(file.ways(), replies(known.checklist)).answer if file else Answer.UNKNOWN
    answers = [one.recorded_at for one in known.checklist.values() if one.recorded_at is not None]
    is_answered = max(answers, default=row.since) > row.since
    # Old signals may be imported at any time, so the day of the event counts.
    hand = known.heard.hand or row.since
    score = known.score
    return Evidence(
        is_customer=known.is_customer,
        meets_rule=met,
        qualifications=score.qualifications if score else (),
        is_out=score is not None and (score.disqualified or score.suppressed is not None),
        is_new=is_answered or hand > row.since,
        is_answered=is_answered,
    )
