"""Two facts about a number that one question treats alike, such as two headcounts.

As with a single fact (`qualify/decide/lone_fact.py`), most such numbers are met only once. What two
of them say together hangs on the answer of each, on whether they agree and then on the answer of
what both say, on which of them is believed more, and on which of the texts are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date, datetime
from typing import TypeVar

from leads.attributes import Kind, attribute
from leads.fold import meet
from leads.usable import odd_value
from leads.values import MoneyRange, Range, Value
from qualify.decide.fact_content import FactContent, Look
from qualify.decide.lasting import Age
from qualify.decide.likeness import Likeness
from qualify.decide.meets import inside
from qualify.profile.criteria import Within
from qualify.words.phrases import say_value
from qualify.words.reasons import Name, Stated

_One = TypeVar("_One", date, datetime, str)


def asked_number(leaf: Within, value: Value) -> Range | None:
    """A number that can be true, in the unit that is asked about."""
    kind = attribute(leaf.attribute).kind
    if isinstance(value, MoneyRange) and kind is Kind.MONEY:
        # What is in another currency is converted at the rate of its day.
        known = value.amount if value.currency == leaf.currency else None
    else:
        known = value if isinstance(value, Range) and kind is Kind.RANGE else None
    return None if known is None or odd_value(known) is not None else known


def two_numbers(
    leaf: Within, facts: tuple[FactContent, ...], age: Callable[[FactContent], Age]
) -> Likeness | None:
    """The likeness of two facts; None when one of them is no such number."""
    one, other = facts
    if asked_number(leaf, one.value) is None or asked_number(leaf, other.value) is None:
        return None
    both = meet(one.value, other.value)
    values = (one.value, other.value) if both is None else (one.value, other.value, both)
    words = [say_value(leaf.attribute, value) for value in values]

    ages = age(one), age(other)
    key: Hashable = (
        (one.look.manner, ages[0].counts_as, other.look.manner, ages[1].counts_as),
        _order(one, other),
        tuple([inside(leaf.wanted, value) for value in values]),
        # Which of the values, and of their words, are the same.
        tuple([values.index(value) for value in values]),
        tuple([words.index(word) for word in words]),
    )
    names, texts = _names((one.look, other.look), words)
    until = min(ages[0].until, ages[1].until)
    return Likeness(key, names, texts, until, is_common=False, values=values)


def _order(one: FactContent, other: FactContent) -> tuple[int, ...]:
    """Which of two facts is the older, and what else their order of belief hangs on."""
    first, second = one.look, other.look
    seen, then = first.evidence, second.evidence
    order = (
        _compared(first.day, second.day),
        _compared(seen.observed_at, then.observed_at),
        _compared(seen.source, then.source),
    )
    # As the last resort, facts are told apart by the text of their values.
    return order if any(order) else (*order, _compared(str(one.value), str(other.value)))


def _compared(one: _One, other: _One) -> int:
    """-1, 0 or 1: whether the first is less than the second, the same, or more."""
    return int(one > other) - int(one < other)


def _names(looks: tuple[Look, Look], words: list[str]) -> tuple[tuple[Name, ...], tuple[str, ...]]:
    """The names that a reason may have, and their texts."""
    sites = [look for look in looks if look.names_site]
    days, stated = [look.day for look in looks], [Stated(one) for one in words]
    names: tuple[Name, ...] = (*days, *stated, *[one.source for one in sites])
    texts = (*[look.day_text for look in looks], *words, *[one.source_text for one in sites])
    return names, texts
