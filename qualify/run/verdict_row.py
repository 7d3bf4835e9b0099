"""A decision as the row that is stored."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import leads
import qualify
from leads.fold import FOLD_VERSION
from leads.lexicon.reference import content_hash
from leads.stages import Stage, Verdict
from leads.verdicts import NewVerdict, VerdictRow
from leads.written_json import WrittenJson
from qualify.decide.decision import Decision, Score
from qualify.decide.evaluate import EVALUATOR_VERSION
from qualify.decide.lasting import look_again_on
from qualify.decide.written import WrittenDecision

#: What is decided about a company that is counted with another: it is off the ladder, and nothing
#: is asked about it.
COUNTED_ELSEWHERE = Decision(
    verdict=Verdict.NO_FIT, stage=Stage.DISQUALIFIED, score=Score(0, 0), answers=(), decides=()
)

#: Two verdicts are the same when these and their answers are; when they were decided does not matter.
_DECIDED = (
    "icp_version_id",
    "verdict",
    "fit_stage",
    "score_worst",
    "score_best",
    "asks",
    "why_not",
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


@cache
def _versions() -> WrittenJson:
    return WrittenJson(json.dumps(versions()))


def verdict_row(
    origin: Origin,
    decision: WrittenDecision,
    lasts_until: date,
    rolled_up: dict[str, Any] | None,
) -> NewVerdict:
    """The row for a company that is judged."""
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
        why_not=decision.why_not,
        answers=decision.answers,
        decides=list(map(list, decision.decides)),
        waits_for=list(decision.waits_for),
        fact_ids=list(decision.fact_ids),
        today=origin.today,
        versions=_versions(),
        basis=origin.basis,
        lasts_until=lasts_until,
        rolled_up=rolled_up,
    )


def counted_elsewhere_row(origin: Origin, root: UUID, why: str) -> NewVerdict:
    """The row for a company that is counted with another, its root."""
    decision = WrittenDecision(
        verdict=COUNTED_ELSEWHERE.verdict,
        stage=COUNTED_ELSEWHERE.stage,
        score=COUNTED_ELSEWHERE.score,
        asks=False,
        why_not=why,
        waits_for=(),
        answers=WrittenJson("[]"),
        decides=(),
        fact_ids=(),
    )
    return verdict_row(origin, decision, look_again_on(origin.today), {"with": str(root)})


def same_decision(one: VerdictRow, other: NewVerdict) -> bool:
    """Whether a verdict decides the same as one that is stored."""
    if any(getattr(one, name) != getattr(other, name) for name in _DECIDED):
        return False
    answers: object = other.answers
    if isinstance(answers, WrittenJson):
        answers = json.loads(answers)
    return one.answers == answers
