"""Everything that led to a company's verdict, under the profile in force or another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from leads.facts import Fact
from leads.stages import Stage, Verdict
from leads.store import Tx, companies, events, verdicts
from leads.store.facts import facts
from qualify.bulk.table import ledger_json
from qualify.decide.decision import Decision, Score
from qualify.decide.evaluate import evaluate
from qualify.decide.score import grades_of
from qualify.decide.score_ledger import raises
from qualify.profile.icp import Icp
from qualify.run.grouping import Grouping, grouping
from qualify.run.profiles import profile_in_force
from qualify.words.phrases import say_value


def explain(
    tx: Tx, client_id: UUID, campaign_id: UUID | None, company: str, icp: Icp | None, today: date
) -> dict[str, Any]:
    """The decision about one company as of today, with its evidence, ledger, what would raise it,
    and how it came here.

    `icp` None takes the profile in force for the campaign. Nothing is written.
    """
    found = companies.find(tx, client_id, company)
    if icp is None:
        assert campaign_id is not None
        icp = profile_in_force(tx, campaign_id)
    grouped = grouping(tx, client_id, icp, [found["id"]])
    if found["id"] in grouped.above:
        made = explained(replace(icp, score=(), grades=()), _ELSEWHERE, ())
    else:
        whole = grouped.wholes(tx, client_id, [found["id"]]).get(found["id"])
        held = (
            whole.facts if whole else facts.of_companies(tx, client_id, [found["id"]])[found["id"]]
        )
        made = explained(icp, evaluate(icp, held, today), held)
    history = [
        _transition(line)
        for line in events.of_thing(tx, "company", found["id"])
        if line["verb"] == "stage changed"
    ]
    stored = (
        verdicts.in_force(tx, campaign_id, [found["id"]]).get(found["id"]) if campaign_id else None
    )
    return {
        "company": {"id": str(found["id"]), "name": found["name"]},
        **made,
        "counted_with": _counted_with(grouped, found["id"]),
        "members": [
            {"id": str(one), "name": grouped.names[one]}
            for one in grouped.below.get(found["id"], ())
        ],
        "stored": (
            {
                "verdict": stored["verdict"],
                "stage": stored["fit_stage"],
                "decided_at": stored["decided_at"].isoformat(),
            }
            if stored
            else None
        ),
        "history": [
            line for line in history if campaign_id is None or line["campaign"] == str(campaign_id)
        ],
    }


#: What is decided about a company that is counted with another.
_ELSEWHERE = Decision(
    verdict=Verdict.NO_FIT, stage=Stage.DISQUALIFIED, score=Score(0, 0), answers=(), decides=()
)


def _counted_with(grouped: Grouping, company_id: UUID) -> dict[str, str] | None:
    root = grouped.above.get(company_id)
    return (
        {
            "id": str(root.company),
            "name": grouped.names[root.company],
            "reason": grouped.why(company_id),
        }
        if root
        else None
    )


def explained(icp: Icp, decision: Decision, held: Sequence[Fact]) -> dict[str, Any]:
    """A decision with everything behind it, as plain JSON values."""
    by_id = {fact.id: fact for fact in held}
    return {
        "icp": icp.name,
        "version": icp.version,
        "verdict": decision.verdict.value,
        "stage": decision.stage.value,
        "score": {"worst": decision.score.worst, "best": decision.score.best},
        "grade": grades_of(icp.grades, decision.score),
        "answers": [
            {
                "criterion": one.criterion,
                "section": one.section.value,
                "answer": one.answer.value,
                "reason": str(one.reason),
                "question": one.question,
                "facts": [_fact(by_id[fact]) for fact in one.facts],
            }
            for one in decision.answers
        ],
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


def _fact(fact: Fact) -> dict[str, Any]:
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


def _transition(line: dict[str, Any]) -> dict[str, Any]:
    return {
        "at": line["at"].isoformat(),
        **{
            name: line["data"].get(name)
            for name in ("from", "to", "cause", "version", "campaign", "facts")
        },
    }
