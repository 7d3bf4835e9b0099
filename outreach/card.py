"""The card an SDR sees: who it is, why it is here, on what evidence, what is unknown and what to
ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from leads.facts import Fact
from leads.verdicts import VerdictRow

#: What the head of the card shows, in this order, and how many values of each.
_HEAD = (
    ("domain", 2),
    ("phone", 2),
    ("email", 2),
    ("street", 1),
    ("postcode", 1),
    ("city", 1),
    ("country", 3),
    ("employees", 3),
    ("turnover", 3),
    ("industry", 3),
    ("status", 1),
    ("founded", 1),
    ("technology", 12),
)


def card(
    company: Mapping[str, Any],
    verdict: VerdictRow | None,
    facts: Sequence[Fact],
    lease: Mapping[str, Any],
    of_members: Iterable[Fact] = (),
) -> dict[str, Any]:
    """The card as plain JSON values; `of_members` are facts of companies that are counted with this
    one, for the evidence alone.
    """
    answers = verdict.answers if verdict else []
    by_id = {str(fact.id): fact for fact in (*of_members, *facts)}
    return {
        "company": {"id": str(company["id"]), "name": company["name"], **head(facts)},
        "stage": verdict.fit_stage if verdict else "name",
        "score": ({"worst": verdict.score_worst, "best": verdict.score_best} if verdict else None),
        "scored": any(one["section"] == "score" for one in answers),
        "why": [_answer(one, by_id) for one in answers if one["section"] != "score"],
        "unknown": [
            {"criterion": one["criterion"], "reason": one["reason"]}
            for one in answers
            if one["answer"] == "unknown"
        ],
        "questions": [one["question"] for one in answers if one.get("asks")],
        "lease": dict(lease),
    }


def head(facts: Sequence[Fact]) -> dict[str, list[str]]:
    """The first few values of each attribute people look for, in the order they were seen."""
    values: dict[str, dict[str, None]] = {}
    for fact in facts:
        values.setdefault(fact.attribute, {})[_shown(fact)] = None
    return {name: list(values[name])[:most] for name, most in _HEAD if name in values}


def _shown(fact: Fact) -> str:
    """A value as people write it: a year has no thousands."""
    return str(fact.value).replace(",", "") if fact.attribute == "founded" else str(fact.value)


def _answer(one: Mapping[str, Any], by_id: Mapping[str, Fact]) -> dict[str, Any]:
    held = [by_id[key] for key in one["facts"] if key in by_id and _telling(by_id[key])]
    return {
        "criterion": one["criterion"],
        "section": one["section"],
        "answer": one["answer"],
        "reason": one["reason"],
        "evidence": [evidence(fact) for fact in held],
    }


def _telling(fact: Fact) -> bool:
    """Of what was looked at, the number of pages says it all."""
    return fact.attribute != "coverage" or str(fact.value).startswith("pages:")


def evidence(fact: Fact) -> dict[str, Any]:
    """A fact with where it comes from."""
    seen = fact.evidence
    return {
        "attribute": fact.attribute,
        "value": str(fact.value),
        "source": seen.source,
        "quote": seen.quote,
        "url": seen.url,
        "as_of": seen.day.isoformat(),
        "method": seen.method.value,
        "confidence": seen.confidence,
    }
