"""How far each source agrees with better knowledge that came later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from enrich.audits.bounds import Rate
from leads.attributes import World, attribute
from leads.usable import agree
from leads.values import IndustryCode, MoneyRange, TechnologyUse, Value

#: Fewer checked facts than these order no sources.
FEWEST = 20


class Against(StrEnum):
    """What a fact was compared with, the surest first: a fact counts for the first that speaks."""

    AUDIT = "audit"
    DISPOSITION = "disposition"
    TOLD = "told"
    REGISTER = "register"


class Stated(NamedTuple):
    """What one source states about one attribute."""

    source: str
    attribute: str
    facts: int
    #: How many records, sites or entries the facts are about.
    subjects: int


class Compared(NamedTuple):
    """Facts of one source about one attribute that agreed with better knowledge, or did not."""

    source: str
    attribute: str
    against: Against
    agreed: bool
    facts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRate:
    """How often one source was right about one attribute."""

    source: str
    attribute: str
    facts: int
    subjects: int
    #: How many subjects the source says anything about.
    of_subjects: int
    #: How many facts agreed and disagreed, by what they were compared with.
    agreed: Mapping[Against, int] = field(default_factory=dict)
    disagreed: Mapping[Against, int] = field(default_factory=dict)

    @property
    def rate(self) -> Rate:
        """Those that agreed, of all that were checked."""
        right = sum(self.agreed.values())
        return Rate(right, right + sum(self.disagreed.values()))

    @property
    def hit_rate(self) -> float | None:
        """The share of its subjects about which the source states the attribute."""
        return self.subjects / self.of_subjects if self.of_subjects else None


def agreement(name: str, said: Value, better: Value) -> bool | None:
    """Whether a value agrees with a better one; None when both may be true.

    In an open world, such as that of phones, another value does not contradict the first.
    """
    if isinstance(said, TechnologyUse) and isinstance(better, TechnologyUse):
        return said.uses == better.uses if said.slug == better.slug else None
    if isinstance(said, IndustryCode) and isinstance(better, IndustryCode):
        return _same_industry(said, better)
    if isinstance(said, MoneyRange) and isinstance(better, MoneyRange):
        return agree(said, better) if said.currency == better.currency else None
    if agree(said, better):
        return True
    return None if attribute(name).world is World.OPEN else False


def _same_industry(said: IndustryCode, better: IndustryCode) -> bool | None:
    """A division agrees with its groups; words and codes of two schemes cannot be compared."""
    if said.scheme != better.scheme or said.scheme == "text":
        return True if said == better else None
    return said.code.startswith(better.code) or better.code.startswith(said.code)


def source_rates(
    stated: Iterable[Stated], of_subjects: Mapping[str, int], compared: Iterable[Compared]
) -> list[SourceRate]:
    """The rates of every source and attribute, by attribute, the source with most facts first."""
    counts: dict[tuple[str, str], tuple[Counter[Against], Counter[Against]]] = {}
    for source, name, against, is_right, facts in compared:
        both = counts.setdefault((source, name), (Counter(), Counter()))
        both[0 if is_right else 1][against] += facts

    nothing = (Counter[Against](), Counter[Against]())
    found = []
    for one in stated:
        agreed, disagreed = counts.get((one.source, one.attribute), nothing)
        found.append(
            SourceRate(
                source=one.source,
                attribute=one.attribute,
                facts=one.facts,
                subjects=one.subjects,
                of_subjects=of_subjects.get(one.source, 0),
                agreed=agreed,
                disagreed=disagreed,
            )
        )
    return sorted(found, key=lambda one: (one.attribute, -one.facts, one.source))


def by_trust(rates: Iterable[SourceRate], name: str) -> Sequence[str]:
    """The sources of an attribute by their lower bounds, the most trusted first; those with fewer
    than `FEWEST` checked facts are left out.
    """
    known = [one for one in rates if one.attribute == name and one.rate.checked >= FEWEST]
    ordered = sorted(known, key=lambda one: (-one.rate.low, one.source))
    return [one.source for one in ordered]
