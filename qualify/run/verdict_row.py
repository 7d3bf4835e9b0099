"""A decision as the row that is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import leads
import qualify
from leads.answers import Answer
from leads.fold import FOLD_VERSION
from leads.lexicon.reference import content_hash
from leads.stages import Stage, Verdict
from leads.verdicts import NewVerdict
from qualify.decide.decision import Decision, Score
from qualify.decide.evaluate import EVALUATOR_VERSION
from qualify.decide.lasting import look_again_on
from qualify.profile.criteria import Section

#: What is decided about a company that is counted with another: it is off the ladder, and nothing
#: is asked about it.
COUNTED_ELSEWHERE = Decision(
    verdict=Verdict.NO_FIT, stage=Stage.DISQUALIFIED, score=Score(0, 0), answers=(), decides=()
)

#: Two verdicts are the same when these are; when they were decided does not matter.
_DECIDED = (
    "icp_version_id",
    "verdict",
    "fit_stage",
    "score_worst",
    "score_best",
    "asks",
    "why_not",
    "answers",
    "decides",
    "rolled_up",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a verdict is about, and what it rests on."""

    client_id: UUID
    campaign_id: UUID
    company_id: UUID
    icp_version_id: UUID
    today: date
    basis: str


@cache
def versions() -> dict[str, Any]:
    """What else a decision rests on: the code that decides and folds, and the reference data they
    read.
    """
    rooms = (Path(leads.__file__).parent, Path(qualify.__file__).parent)
    return {
        "evaluator": EVALUATOR_VERSION,
        "fold": FOLD_VERSION,
        "reference": content_hash(*(room / "data" for room in rooms)),
    }


def verdict_row(
    origin: Origin, decision: Decision, lasts_until: date, rolled_up: dict[str, Any] | None
) -> NewVerdict:
    """The row for a company that is judged."""
    return _row(origin, decision, why_not(decision), lasts_until, rolled_up)


def counted_elsewhere_row(origin: Origin, root: UUID, why: str) -> NewVerdict:
    """The row for a company that is counted with another, its root."""
    last = look_again_on(origin.today)
    return _row(origin, COUNTED_ELSEWHERE, why, last, {"with": str(root)})


def _row(
    origin: Origin,
    decision: Decision,
    why: str,
    lasts_until: date,
    rolled_up: dict[str, Any] | None,
) -> NewVerdict:
    return NewVerdict(
        client_id=origin.client_id,
        campaign_id=origin.campaign_id,
        company_id=origin.company_id,
        icp_version_id=origin.icp_version_id,
        verdict=decision.verdict.value,
        fit_stage=decision.stage.value,
        score_worst=decision.score.worst,
        score_best=decision.score.best,
        asks=decision.asks,
        why_not=why,
        answers=answers_json(decision),
        decides=[list(some) for some in decision.decides],
        waits_for=list(decision.waits_for),
        fact_ids=[str(fact) for fact in decision.fact_ids],
        today=origin.today,
        versions=versions(),
        basis=origin.basis,
        lasts_until=lasts_until,
        rolled_up=rolled_up,
    )


def same_decision(one: NewVerdict, other: NewVerdict) -> bool:
    """Whether two verdicts decide the same."""
    return all(getattr(one, name) == getattr(other, name) for name in _DECIDED)


def why_not(decision: Decision) -> str:
    """One sentence: which answer keeps the company from being a prospect; empty for one that fits."""
    if decision.verdict is Verdict.FIT:
        return ""
    if decision.verdict is Verdict.UNKNOWN:
        return f"waits for {', '.join(decision.waits_for)}"
    closing = {
        Section.MUST_NOT: Answer.YES,
        Section.SUSPECT: Answer.NO,
        Section.PROSPECT: Answer.NO,
    }
    return next(
        f"{one.criterion}: {one.reason}"
        for one in decision.answers
        if closing.get(one.section) is one.answer
    )


def answers_json(decision: Decision) -> list[dict[str, Any]]:
    """The answers as plain JSON values."""
    return [
        {
            "criterion": one.criterion,
            "section": one.section.value,
            "answer": one.answer.value,
            "reason": str(one.reason),
            "facts": [str(fact) for fact in one.facts],
            "asks": one.asks,
            "question": one.question,
        }
        for one in decision.answers
    ]
