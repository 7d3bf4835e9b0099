"""A common key for facts that differ only in their days and in the company's own site.

Such facts give the same answers, and their reasons differ only in days and sites. Only two things
about a day matter: whether it is too old, and its order among the others. The key holds both. Money
is an exception, because it is converted at the rate of its day.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple

from leads.facts import Method
from leads.values import Value
from qualify.decide.fact_content import FactContent
from qualify.decide.lasting import FOREVER, Age
from qualify.words.reasons import Name, Source


class Likeness(NamedTuple):
    """Facts that give the same answers have the same key; `names` are the days and sites, each
    once, that their reasons may name, and the values where the key leaves them out.
    """

    key: Hashable
    names: tuple[Name, ...]
    #: The names as text.
    texts: tuple[str, ...]
    #: The last day, as an ordinal, on which all of them count as they do.
    until: int
    #: Whether the facts of another company may be the same: a site is of one company.
    is_common: bool
    #: The values that the key leaves out.
    values: tuple[Value, ...] = ()


def likeness(shape: Sequence[Sequence[FactContent]], age: Callable[[FactContent], Age]) -> Likeness:
    """The likeness of the facts of some attributes; `age` says how old a fact counts as."""
    whole = [said for facts in shape for said in facts]
    if len(whole) == 1 and not whole[0].look.on_site:
        return _alone(whole[0], age)
    if whole and _is_one_look(whole):
        return _one_look(shape, whole[0], age)
    return _of_several(shape, whole, age)


def _of_several(
    shape: Sequence[Sequence[FactContent]],
    whole: Sequence[FactContent],
    age: Callable[[FactContent], Age],
) -> Likeness:
    days = {day: place for place, day in enumerate(sorted({said.look.day for said in whole}))}
    moments = {
        moment: place
        for place, moment in enumerate(sorted({said.evidence.observed_at for said in whole}))
    }
    sites = {site: place for place, site in enumerate(_sites(whole))}
    ages = {said: age(said) for said in whole}

    def of(said: FactContent) -> Hashable:
        look = said.look
        seen = look.evidence
        source = sites.get(seen.source, seen.source)
        day, moment = days[look.day], moments[seen.observed_at]
        return said.statement, source, day, moment, ages[said].counts_as

    key = tuple([tuple([of(said) for said in facts]) for facts in shape])
    names: tuple[Name, ...] = (*days, *map(Source, sites))
    until = min([one.until for one in ages.values()], default=FOREVER)
    is_common = not any(said.look.on_site for said in whole)
    return Likeness(key, names, tuple(map(str, names)), until, is_common)


def _alone(said: FactContent, age: Callable[[FactContent], Age]) -> Likeness:
    """The likeness of one fact of a list, a register or a person."""
    look, old = said.look, age(said)
    key = (said.statement, look.evidence.source, old.counts_as)
    return Likeness(key, (look.day,), (look.day_text,), old.until, is_common=True)


def _is_one_look(whole: Sequence[FactContent]) -> bool:
    """Whether all was seen on one site in one moment, as most of what a crawl finds is."""
    first = whole[0].look
    if not first.on_site:
        return False
    source, moment = first.evidence.source, first.evidence.observed_at
    before = None
    for said in whole:
        if said.look is before:
            continue
        before = said.look
        seen = before.evidence
        is_same = seen.source == source and seen.observed_at == moment
        if not is_same or seen.as_of is not None or seen.method is Method.TOLD:
            return False
    return True


def _one_look(
    shape: Sequence[Sequence[FactContent]],
    first: FactContent,
    age: Callable[[FactContent], Age],
) -> Likeness:
    """The likeness of what was seen in one look: it has one day and one site."""
    look = first.look
    ages = [age(facts[0]) for facts in shape]
    statements = [tuple([said.statement for said in facts]) for facts in shape]
    key = (*[one.counts_as for one in ages], *statements)
    until = min([one.until for one in ages])
    texts = (look.day_text, look.source_text)
    return Likeness(key, (look.day, look.source), texts, until, is_common=False)


def _sites(whole: Sequence[FactContent]) -> list[str]:
    """The sites among the sources; none where a person's word is said to come from one, whom
    reasons name in another way.
    """
    found = [said for said in whole if said.look.on_site]
    return (
        []
        if any(said.evidence.method is Method.TOLD for said in found)
        else sorted({said.evidence.source for said in found})
    )
