"""How many pages were read of linked companies together: as many as of the one with the fewest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from leads.facts import Fact
from leads.usable import day
from qualify.decide.coverage import Coverage, best_look, kind_and_count, needed, seen_in


def least_looks(companies: Sequence[tuple[str, Sequence[Fact]]]) -> list[tuple[str, Fact]]:
    """Combine the coverage facts of companies: those of the company that was read least, each with
    its name.

    Empty when a company with a site was never read. The facts are as old as the oldest look and as
    sure as the least sure one. A kind of page that some category needs counts only when it was seen
    at every company.
    """
    stated = _coverage_facts(companies)
    if len(stated) < 2:
        return [(name, fact) for name, facts in stated for fact in facts]
    looks = [(name, best_look(facts)) for name, facts in stated]
    if not all(look.pages for _, look in looks):
        return []

    name, least = min(looks, key=lambda one: (one[1].enough, one[1].pages))
    seen_by_all = frozenset.intersection(*(seen_in(look) for _, look in looks))
    missing = needed() - seen_by_all
    counted = [fact for fact in least.facts if _kind(fact) not in missing]
    return [(name, fact) for fact in _as_old_and_unsure(counted, looks)]


def _coverage_facts(
    companies: Sequence[tuple[str, Sequence[Fact]]],
) -> list[tuple[str, list[Fact]]]:
    """Take the coverage facts of each company that has a site."""
    return [
        (name, [fact for fact in facts if fact.attribute == "coverage"])
        for name, facts in companies
        if any(fact.attribute in ("domain", "coverage") for fact in facts)
    ]


def _as_old_and_unsure(
    facts: Sequence[Fact], looks: Sequence[tuple[str, Coverage]]
) -> Iterator[Fact]:
    """Date facts as the oldest of the looks, with the lowest confidence of any."""
    everything = [fact for _, look in looks for fact in look.facts]
    oldest = min(everything, key=day).evidence
    confidence = min(fact.evidence.confidence for fact in everything)
    for fact in facts:
        evidence = replace(
            fact.evidence,
            as_of=oldest.as_of,
            observed_at=oldest.observed_at,
            confidence=confidence,
        )
        yield replace(fact, evidence=evidence)


def _kind(fact: Fact) -> str:
    read = kind_and_count(str(fact.value))
    return read[0] if read else ""
