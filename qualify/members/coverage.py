"""How much was looked at of several companies together: as much as of the one that was looked at
least.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from leads.facts import Fact
from leads.usable import day
from qualify.decide.coverage import best_look, kind_and_count, needed, seen_in


def least_looks(companies: Sequence[tuple[str, Sequence[Fact]]]) -> list[tuple[str, Fact]]:
    """The coverage facts, with the name of their company, of the best look at the company that was
    looked at least.

    None at all when nobody looked at one that has a site. They are as old as the oldest of the
    looks, as unsure as the least sure, and hold of what some category needs to have been seen only
    what every look saw.
    """
    with_site = [
        (name, facts)
        for name, facts in companies
        if any(fact.attribute in ("domain", "coverage") for fact in facts)
    ]
    told = [
        (name, [fact for fact in facts if fact.attribute == "coverage"])
        for name, facts in with_site
    ]
    if len(told) < 2:
        return [(name, fact) for name, facts in told for fact in facts]
    looks = [(name, best_look(facts)) for name, facts in told]
    if not all(look.pages for _, look in looks):
        return []
    name, least = min(looks, key=lambda one: (one[1].enough, one[1].pages))
    all_ = [fact for _, look in looks for fact in look.facts]
    seen_by_all = frozenset.intersection(*(seen_in(look) for _, look in looks))
    oldest, unsure = min(all_, key=day), min(fact.evidence.confidence for fact in all_)
    when = oldest.evidence
    return [
        (
            name,
            replace(
                fact,
                evidence=replace(
                    fact.evidence, as_of=when.as_of, observed_at=when.observed_at, confidence=unsure
                ),
            ),
        )
        for fact in least.facts
        if _kind(fact) not in needed() - seen_by_all
    ]


def _kind(fact: Fact) -> str:
    read = kind_and_count(str(fact.value))
    return read[0] if read else ""
