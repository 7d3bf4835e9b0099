"""Everything that led to a company's verdict, under the profile in force or another one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from leads.facts import Fact
from leads.store import Tx, company_search, events, verdicts
from leads.store.facts import facts
from leads.verdicts import VerdictRow
from qualify.bulk.table import ledger_json
from qualify.decide.decision import CriterionAnswer, Decision
from qualify.decide.evaluate import evaluate
from qualify.decide.score import grades_of
from qualify.decide.score_ledger import raises
from qualify.profile.icp import Icp
from qualify.run.grouping import grouping
from qualify.run.profiles import profile_in_force
from qualify.run.verdict_row import COUNTED_ELSEWHERE
from qualify.words.phrases import say_value


@dataclass(frozen=True, slots=True)
class Named:
    """A company."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class CountedWith:
    """The company that another one is counted with, and why."""

    company: Named
    reason: str


@dataclass(frozen=True, slots=True)
class Transition:
    """One change of stage."""

    at: datetime
    #: JSON as the event was logged: from, to, cause, version, campaign, facts.
    logged: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The decision about one company as of today, with its evidence, and how it came here."""

    company: Named
    icp: Icp
    decision: Decision
    facts: Sequence[Fact]
    counted_with: CountedWith | None
    members: Sequence[Named]
    stored: VerdictRow | None
    history: Sequence[Transition]


def explain(
    tx: Tx, client_id: UUID, campaign_id: UUID | None, company: str, icp: Icp | None, today: date
) -> Explanation:
    """Decide about one company as of today, with all that led there; nothing is written.

    `icp` None takes the profile in force for the campaign.
    """
    row = company_search.find(tx, client_id, company)
    found = Named(row.id, row.name)
    if icp is None:
        assert campaign_id is not None
        icp = profile_in_force(tx, campaign_id)
    grouped = grouping(tx, client_id, icp, [found.id])
    root = grouped.above.get(found.id)
    held: Sequence[Fact] = ()
    if root:
        icp, decision = replace(icp, score=(), grades=()), COUNTED_ELSEWHERE
    else:
        whole = grouped.wholes(tx, client_id, [found.id]).get(found.id)
        own = [] if whole else facts.of_companies(tx, client_id, [found.id])[found.id]
        held = whole.facts if whole else own
        decision = evaluate(icp, held, today)
    stored = verdicts.in_force(tx, campaign_id, [found.id]) if campaign_id else {}
    return Explanation(
        company=found,
        icp=icp,
        decision=decision,
        facts=held,
        counted_with=(
            CountedWith(Named(root.company, grouped.names[root.company]), grouped.why(found.id))
            if root
            else None
        ),
        members=[Named(one, grouped.names[one]) for one in grouped.below.get(found.id, ())],
        stored=stored.get(found.id),
        history=_history(tx, found.id, campaign_id),
    )


def _history(tx: Tx, company_id: UUID, campaign_id: UUID | None) -> list[Transition]:
    """The changes of stage in one campaign; None: in all."""
    moves = [
        Transition(line.at, line.data)
        for line in events.of_thing(tx, "company", company_id)
        if line.verb == "stage changed"
    ]
    if campaign_id is None:
        return moves
    return [one for one in moves if one.logged.get("campaign") == str(campaign_id)]


def explanation_json(explanation: Explanation) -> dict[str, Any]:
    """An explanation as plain JSON values."""
    above, stored = explanation.counted_with, explanation.stored
    return {
        "company": _named_json(explanation.company),
        **decision_json(explanation.icp, explanation.decision, explanation.facts),
        "counted_with": _named_json(above.company) | {"reason": above.reason} if above else None,
        "members": [_named_json(one) for one in explanation.members],
        "stored": (
            {
                "verdict": stored.verdict,
                "stage": stored.fit_stage,
                "decided_at": stored.decided_at.isoformat(),
            }
            if stored
            else None
        ),
        "history": [_transition_json(one) for one in explanation.history],
    }


def decision_json(icp: Icp, decision: Decision, held: Sequence[Fact]) -> dict[str, Any]:
    """A decision with everything behind it, as plain JSON values."""
    by_id = {fact.id: fact for fact in held}
    return {
        "icp": icp.name,
        "version": icp.version,
        "verdict": decision.verdict.value,
        "stage": decision.stage.value,
        "score": {"worst": decision.score.worst, "best": decision.score.best},
        "grade": grades_of(icp.grades, decision.score),
        "answers": [_answer_json(one, by_id) for one in decision.answers],
        "ledger": ledger_json(icp, decision),
        "raises": [
            {
                "criterion": one.criterion,
                "by": one.by,
                "answer": one.answer.value,
                "reason": str(one.reason),
            }
            for one in raises(icp.score, decision.answers)
        ],
        "decides": [list(some) for some in decision.decides],
        "what_next": decision.what_next,
        "waits_for": list(decision.waits_for),
    }


def _named_json(company: Named) -> dict[str, Any]:
    return {"id": str(company.id), "name": company.name}


def _answer_json(one: CriterionAnswer, by_id: Mapping[UUID, Fact]) -> dict[str, Any]:
    return {
        "criterion": one.criterion,
        "section": one.section.value,
        "answer": one.answer.value,
        "reason": str(one.reason),
        "question": one.question,
        "facts": [_fact_json(by_id[fact]) for fact in one.facts],
    }


def _fact_json(fact: Fact) -> dict[str, Any]:
    seen = fact.evidence
    return {
        "id": str(fact.id),
        "attribute": fact.attribute,
        "value": say_value(fact.attribute, fact.value),
        "source": seen.source,
        "method": seen.method.value,
        "day": seen.day.isoformat(),
        "quote": seen.quote,
        "url": seen.url,
        "confidence": seen.confidence,
    }


def _transition_json(one: Transition) -> dict[str, Any]:
    names = ("from", "to", "cause", "version", "campaign", "facts")
    return {"at": one.at.isoformat(), **{name: one.logged.get(name) for name in names}}
