"""A person's answer to one question of a profile; it ranks above what machines found until it is
released.

It is a fact of the company: it ages, can be retracted, follows merges and is cited by verdicts.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import lru_cache

from leads.answers import Answer
from leads.attributes import CUSTOM, attribute
from leads.facts import Fact, Method, Scope
from leads.usable import day, usable
from qualify.decide.finding import Finding
from qualify.decide.folded_facts import FoldedFacts
from qualify.profile.criteria import Criterion, Leaf, Matches, Near, Uses, Within
from qualify.words.reasons import reason

PREFIX = f"{CUSTOM}answer:"
_SETTLED = {answer.value: answer for answer in (Answer.YES, Answer.NO)}


def answer_attribute(criterion: Criterion, leaf: Leaf) -> str:
    """The attribute that holds answers to exactly this question; a question with other bounds or
    words is another one.
    """
    return _answer_attribute(leaf, criterion.scope)


@lru_cache(maxsize=1 << 12)
def _answer_attribute(leaf: Leaf, scope: Scope | None) -> str:
    asked = {"about": leaf.attribute, "scope": scope, **_content(leaf)}
    digest = hashlib.sha256(
        json.dumps(asked, sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()
    return f"{PREFIX}{digest[:20]}"


def _content(leaf: Leaf) -> dict[str, object]:
    match leaf:
        case Within():
            return {"low": leaf.wanted.low, "high": leaf.wanted.high, "currency": leaf.currency}
        case Near():
            return {"latitude": leaf.latitude, "longitude": leaf.longitude, "km": leaf.km}
        case Matches() | Uses():
            return {name: sorted(words) for name, words in leaf.terms.parts() if words}


def person_answer(
    criterion: Criterion, leaf: Leaf, folded: FoldedFacts
) -> tuple[Answer, Fact] | None:
    """The newest answer that a person gave to the question, None when nobody has, or only too long
    ago.
    """
    name = answer_attribute(criterion, leaf)
    if not folded.mentions(name):
        return None
    age = (
        criterion.max_age_days
        if criterion.max_age_days is not None
        else attribute(leaf.attribute).max_age_days
    )
    kept, _ = usable(
        folded.facts(name),
        name,
        replace(folded.policy(criterion), max_age_days=age, min_confidence=0.0, scope=None),
    )
    given = [
        fact for fact in kept if fact.evidence.method is Method.TOLD and fact.value in _SETTLED
    ]
    if not given:
        return None
    newest = max(given, key=lambda fact: (fact.evidence.observed_at, fact.id))
    return _SETTLED[str(newest.value)], newest


def answered_by_person(answer: Answer, fact: Fact, machine: Finding) -> Finding:
    """The finding that a person's answer makes; what machines found to the contrary stays visible
    in the reason.
    """
    who = fact.evidence.source.partition(":")[2] or fact.evidence.source
    given = reason(f"{{}} was told {answer.value} on {{}}", who, day(fact))
    if machine.answer is not answer and machine.facts:
        given = reason("{}; against that stands: {}", given, machine.reason)
    return Finding(answer, given, (fact.id,))
