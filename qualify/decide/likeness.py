"""A common key for facts that differ only in their days and in the company's own site.

Such facts give the same answers, and their reasons differ only in days and sites. Only two things
about a day matter: whether it is too old, and its order among the others. The key holds both. Money
is an exception, because it is converted at the rate of its day.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from leads.facts import Method
from leads.values import Value
from qualify.decide.fact_content import FactContent, day_of
from qualify.words.reasons import Name, Source

SITE = "site:"


@dataclass(frozen=True, slots=True)
class Likeness:
    """Facts that give the same answers have the same key; `names` are the days and sites, each
    once, that their reasons may name, and the value where the key leaves it out.
    """

    key: Hashable
    names: tuple[Name, ...]
    #: The value that the key leaves out.
    value: Value | None = None

    def name_texts(self) -> list[str]:
        """The names as text."""
        return [str(name) for name in self.names]


def likeness(
    shape: Sequence[Sequence[FactContent]], age: Callable[[FactContent], Hashable]
) -> Likeness:
    """The likeness of the facts of some attributes; `age` says how old a fact counts as."""
    whole = [said for facts in shape for said in facts]
    if len(whole) == 1 and not whole[0].evidence.source.startswith(SITE):
        return _alone(whole[0], age)
    if whole and _is_one_look(whole):
        return _one_look(shape, whole[0], age)
    return _of_several(shape, whole, age)


def _of_several(
    shape: Sequence[Sequence[FactContent]],
    whole: Sequence[FactContent],
    age: Callable[[FactContent], Hashable],
) -> Likeness:
    days = {day: place for place, day in enumerate(sorted({day_of(said) for said in whole}))}
    moments = {
        moment: place
        for place, moment in enumerate(sorted({said.evidence.observed_at for said in whole}))
    }
    sites = {site: place for place, site in enumerate(_sites(whole))}

    def of(said: FactContent) -> Hashable:
        seen, day = said.evidence, day_of(said)
        source = sites.get(seen.source, seen.source)
        return said.statement, source, days[day], moments[seen.observed_at], age(said)

    key = tuple([tuple([of(said) for said in facts]) for facts in shape])
    return Likeness(key, (*days, *map(Source, sites)))


def _alone(said: FactContent, age: Callable[[FactContent], Hashable]) -> Likeness:
    """The likeness of one fact of a list, a register or a person."""
    key = (said.statement, said.evidence.source, age(said))
    return Likeness(key, (day_of(said),))


def _is_one_look(whole: Sequence[FactContent]) -> bool:
    """Whether all was seen on one site in one moment, as most of what a crawl finds is."""
    first = whole[0].evidence
    if not first.source.startswith(SITE):
        return False
    for said in whole:
        seen = said.evidence
        is_same = seen.source == first.source and seen.observed_at == first.observed_at
        if not is_same or seen.as_of is not None or seen.method is Method.TOLD:
            return False
    return True


def _one_look(
    shape: Sequence[Sequence[FactContent]],
    first: FactContent,
    age: Callable[[FactContent], Hashable],
) -> Likeness:
    """The likeness of what was seen in one look: it has one day and one site."""
    key = [(age(facts[0]), *[said.statement for said in facts]) for facts in shape]
    return Likeness(tuple(key), (day_of(first), Source(first.evidence.source)))


def _sites(whole: Sequence[FactContent]) -> list[str]:
    """The sites among the sources; none where a person's word is said to come from one, whom
    reasons name in another way.
    """
    found = [said for said in whole if said.evidence.source.startswith(SITE)]
    return (
        []
        if any(said.evidence.method is Method.TOLD for said in found)
        else sorted({said.evidence.source for said in found})
    )
