"""A decision as it is stored, its answers as the text of a JSON document."""

from __future__ import annotations

import json
from dataclasses import dataclass
from json.encoder import encode_basestring_ascii as quoted
from typing import Any

from leads.answers import Answer
from leads.stages import Stage, Verdict
from leads.written_json import WrittenJson
from qualify.decide.decision import CriterionAnswer, Decision, Score
from qualify.profile.criteria import Section

#: The answer by which a criterion of a section keeps a company out.
_CLOSING = {Section.MUST_NOT: Answer.YES, Section.SUSPECT: Answer.NO, Section.PROSPECT: Answer.NO}


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDecision:
    """What is stored of a decision."""

    verdict: Verdict
    stage: Stage
    score: Score
    asks: bool
    #: One sentence: which answer keeps the company from being a prospect; empty for one that fits.
    why_not: str
    waits_for: tuple[str, ...]
    answers: WrittenJson
    decides: tuple[tuple[str, ...], ...]
    fact_ids: tuple[str, ...]


def written(decision: Decision) -> WrittenDecision:
    """A decision as it is stored."""
    return WrittenDecision(
        verdict=decision.verdict,
        stage=decision.stage,
        score=decision.score,
        asks=decision.asks,
        why_not=why_not(decision),
        waits_for=decision.waits_for,
        answers=WrittenJson(json.dumps(answers_json(decision))),
        decides=decision.decides,
        fact_ids=tuple(map(str, decision.fact_ids)),
    )


def why_not(decision: Decision) -> str:
    """One sentence: which answer keeps the company from being a prospect; empty for one that fits."""
    closing = closing_place(decision)
    if closing is None:
        return why_open(decision.waits_for)
    return why_closed(decision.answers[closing], str(decision.answers[closing].reason))


def why_open(waits_for: tuple[str, ...]) -> str:
    """The sentence for a company that nothing keeps out."""
    return f"waits for {', '.join(waits_for)}" if waits_for else ""


def why_closed(answer: CriterionAnswer, reason: str) -> str:
    """The sentence for a company that an answer keeps out."""
    return f"{answer.criterion}: {reason}"


def closing_place(decision: Decision) -> int | None:
    """The first answer that keeps the company out; None when it is not out by an answer."""
    if decision.verdict is not Verdict.NO_FIT:
        return None
    return next(
        place
        for place, one in enumerate(decision.answers)
        if _CLOSING.get(one.section) is one.answer
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


def around_facts(answer: CriterionAnswer) -> tuple[str, str, str]:
    """The text of one answer, as `answers_json` has it, before its reason, between that and its
    facts, and after these.
    """
    before = (
        f'{{"criterion": {quoted(answer.criterion)}, "section": "{answer.section.value}",'
        f' "answer": "{answer.answer.value}", "reason": '
    )
    asks = "true" if answer.asks else "false"
    after = f'], "asks": {asks}, "question": {quoted(answer.question)}}}'
    return before, ', "facts": [', after
