"""Values that one question treats alike, where a single fact states its attribute.

Two such companies get the same answer, and their reasons differ in the value, its source and its
day. Most turnovers, headcounts and postcodes are met only once, so this spares most of the work.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations
from typing import NamedTuple

from leads.answers import Answer
from leads.attributes import Kind, World, attribute
from leads.usable import odd_value
from leads.values import MoneyRange, Value
from qualify.decide.fact_content import FactContent, Look
from qualify.decide.kept import keep
from qualify.decide.lasting import Age
from qualify.decide.likeness import Likeness, likeness
from qualify.decide.lost_zeros import postcode_answer
from qualify.decide.meets import inside, meets
from qualify.decide.two_numbers import asked_number, two_numbers
from qualify.profile.criteria import Criterion, Matches, Within
from qualify.words.phrases import say_value
from qualify.words.reasons import Name, Stated

#: Texts whose meaning is kept.
MOST = 50_000
#: With more countries than these a postcode is looked at for each company.
MOST_COUNTRIES = 2


class _Beside(NamedTuple):
    """The countries that a postcode is read with."""

    countries: tuple[str, ...]
    #: Which of them count hangs on their sources and days.
    alike: Likeness


@dataclass(slots=True)
class LoneFact:
    """One question about an attribute of which one value is true."""

    leaf: Within | Matches
    _meanings: dict[tuple[int, tuple[str, ...]], Hashable] = field(default_factory=dict)
    _besides: dict[tuple[FactContent, ...], _Beside | None] = field(default_factory=dict)

    @classmethod
    def of(cls, criterion: Criterion) -> LoneFact | None:
        """None for a group, and for a question that looks at values in another way."""
        leaf = criterion.test
        if isinstance(leaf, Within):
            return cls(leaf)
        if not isinstance(leaf, Matches):
            return None
        asked = attribute(leaf.attribute)
        return cls(leaf) if asked.kind is Kind.TEXT and asked.world is World.CLOSED else None

    def likeness(
        self, shape: Sequence[tuple[FactContent, ...]], age: Callable[[FactContent], Age]
    ) -> Likeness | None:
        """The likeness of the facts that the question reads, its own attribute's first; None when
        not one fact alone decides.
        """
        if len(shape[0]) != 1:
            return self._of_two(shape, age)
        (said,) = shape[0]
        countries: tuple[str, ...] = ()
        beside = None
        if any(shape[1:]):
            beside = self._beside(tuple(chain.from_iterable(shape[1:])), age)
            if beside is None:
                return None
            countries = beside.countries
        meaning = self._meaning(said, countries)
        if meaning is None:
            return None

        look, old = said.look, age(said)
        key: Hashable = (meaning, look.manner, old.counts_as)
        until, is_common = old.until, not look.on_site
        if beside:
            key = (key, beside.alike.key)
            until = min(until, beside.alike.until)
            is_common = is_common and beside.alike.is_common
        names, texts = _names(look, say_value(said.attribute, said.value))
        return Likeness(key, names, texts, until, is_common, (said.value,))

    def _of_two(
        self, shape: Sequence[tuple[FactContent, ...]], age: Callable[[FactContent], Age]
    ) -> Likeness | None:
        are_two = len(shape[0]) == 2 and not any(shape[1:])
        if not are_two or not isinstance(self.leaf, Within):
            return None
        return two_numbers(self.leaf, shape[0], age)

    def _beside(
        self, facts: tuple[FactContent, ...], age: Callable[[FactContent], Age]
    ) -> _Beside | None:
        if facts in self._besides:
            return self._besides[facts]
        return keep(self._besides, facts, _read_beside(facts, age), MOST)

    def _meaning(self, said: FactContent, countries: tuple[str, ...]) -> Hashable:
        """What the question makes of a value; None where more than the answer hangs on it."""
        # Amounts are hardly ever the same.
        if isinstance(said.value, MoneyRange):
            return self._found(said.value, countries)
        key = (said.statement, countries)
        if key in self._meanings:
            return self._meanings[key]
        return keep(self._meanings, key, self._found(said.value, countries), MOST)

    def _found(self, value: Value, countries: tuple[str, ...]) -> Hashable:
        if isinstance(self.leaf, Within):
            known = asked_number(self.leaf, value)
            return None if known is None else inside(self.leaf.wanted, known)
        if not isinstance(value, str) or odd_value(value) is not None:
            return None
        return _meanings(self.leaf, value, countries)


def _read_beside(
    facts: tuple[FactContent, ...], age: Callable[[FactContent], Age]
) -> _Beside | None:
    # Only a postcode is read with countries; a person's answer is looked at in full.
    if any(one.attribute != "country" for one in facts):
        return None
    countries = tuple(sorted({str(one.value) for one in facts if one.value}))
    if len(countries) > MOST_COUNTRIES:
        return None
    return _Beside(countries, likeness((facts,), age))


def _names(look: Look, words: str) -> tuple[tuple[Name, ...], tuple[str, ...]]:
    """The names that a reason may have, and their texts."""
    # A site is the third of the names: the reasons of two companies may differ in it.
    if look.names_site:
        return (look.day, Stated(words), look.source), (look.day_text, words, look.source_text)
    return (look.day, Stated(words)), (look.day_text, words)


def _meanings(leaf: Matches, text: str, countries: tuple[str, ...]) -> tuple[Answer, ...]:
    """The answer of a text; that of a postcode in some of these countries, for each choice of them."""
    if leaf.attribute != "postcode":
        return (meets(leaf, (text,)),)
    choices = chain.from_iterable(
        combinations(countries, size) for size in range(len(countries) + 1)
    )
    return tuple([postcode_answer(leaf, text, some) for some in choices])
