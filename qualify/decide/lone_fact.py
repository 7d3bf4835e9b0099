"""Values that one question treats alike, where a single fact states its attribute.

Two such companies get the same answer, and their reasons differ in the value, its source and its
day. Most turnovers, headcounts and postcodes are met only once, so this spares most of the work.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations

from leads.answers import Answer
from leads.attributes import Kind, World, attribute
from leads.facts import Method
from leads.usable import odd_value
from leads.values import MoneyRange, Range, Value
from qualify.decide.fact_content import FactContent, day_of
from qualify.decide.kept import keep
from qualify.decide.likeness import SITE, Likeness, likeness
from qualify.decide.lost_zeros import postcode_answer
from qualify.decide.meets import meets
from qualify.profile.criteria import Criterion, Matches, Within
from qualify.words.phrases import say_value
from qualify.words.reasons import Name, Source, Stated

#: Texts whose meaning is kept.
MOST = 50_000
#: With more countries than these a postcode is looked at for each company.
MOST_COUNTRIES = 2


@dataclass(slots=True)
class LoneFact:
    """One question about an attribute of which one value is true."""

    leaf: Within | Matches
    _meanings: dict[tuple[str, tuple[str, ...]], Hashable] = field(default_factory=dict)

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
        self, shape: Sequence[Sequence[FactContent]], age: Callable[[FactContent], Hashable]
    ) -> Likeness | None:
        """The likeness of the facts that the question reads, its own attribute's first; None when
        not one fact alone decides.
        """
        own, *others = shape
        if len(own) != 1:
            return None
        (said,) = own
        beside = tuple(chain.from_iterable(others))
        # Only a postcode is read with countries; a person's answer is looked at in full.
        if any(one.attribute != "country" for one in beside):
            return None
        countries = tuple(sorted({str(one.value) for one in beside if one.value}))
        if len(countries) > MOST_COUNTRIES:
            return None

        meaning = self._meaning(said.value, countries)
        if meaning is None:
            return None
        seen, names = said.evidence, self._names(said)
        # A site is the third of the names: the reasons of two companies may differ in it.
        source = SITE if len(names) > 2 else seen.source
        key: tuple[Hashable, ...] = (
            meaning,
            source,
            seen.method,
            seen.scope,
            seen.confidence,
            age(said),
        )
        if beside:
            # Which of the countries count hangs on their sources and days.
            key = (*key, likeness((beside,), age).key)
        return Likeness(key, names, said.value)

    def _names(self, said: FactContent) -> tuple[Name, ...]:
        seen, words = said.evidence, say_value(self.leaf.attribute, said.value)
        names = (day_of(said), Stated(words))
        # Reasons name a person in another way, even one that is said to be a site.
        if seen.source.startswith(SITE) and seen.method is not Method.TOLD:
            return (*names, Source(seen.source))
        return names

    def _meaning(self, value: Value, countries: tuple[str, ...]) -> Hashable:
        """What the question makes of a value; None where more than the answer hangs on it."""
        if odd_value(value) is not None:
            return None
        if isinstance(self.leaf, Within):
            known = _number(self.leaf, value)
            return None if known is None else meets(self.leaf, (value,))
        if not isinstance(value, str):
            return None
        key = (value, countries)
        found = self._meanings.get(key)
        if found is None:
            found = keep(self._meanings, key, _meanings(self.leaf, value, countries), MOST)
        return found


def _number(leaf: Within, value: Value) -> Range | None:
    """A number in the unit that is asked about."""
    kind = attribute(leaf.attribute).kind
    if isinstance(value, MoneyRange) and kind is Kind.MONEY:
        # What is in another currency is converted at the rate of its day.
        return value.amount if value.currency == leaf.currency else None
    return value if isinstance(value, Range) and kind is Kind.RANGE else None


def _meanings(leaf: Matches, text: str, countries: tuple[str, ...]) -> tuple[Answer, ...]:
    """The answer of a text; that of a postcode in some of these countries, for each choice of them."""
    if leaf.attribute != "postcode":
        return (meets(leaf, (text,)),)
    choices = chain.from_iterable(
        combinations(countries, size) for size in range(len(countries) + 1)
    )
    return tuple([postcode_answer(leaf, text, some) for some in choices])
