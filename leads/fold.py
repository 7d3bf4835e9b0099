"""Fold facts: combine what many sources say about one attribute into the values that may be true."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from leads.attributes import Kind, World, attribute
from leads.facts import Fact, Method, Scope
from leads.known import FoldedAttribute, Holds, Ignored, Policy, Side
from leads.lexicon.numbers.money import convert
from leads.usable import agree, day, usable
from leads.values import MoneyRange, Range, Value

#: Stored with every verdict; raise it when the same facts fold to other values.
FOLD_VERSION = 1

_METHODS = {method: place for place, method in enumerate(Method)}
#: One source may state several true codes of a company; another source may contradict them.
_SEVERAL = frozenset({Kind.INDUSTRY})


def fold(facts: Iterable[Fact], attribute_name: str, policy: Policy) -> FoldedAttribute:
    """Fold the facts of one attribute.

    Facts that agree are intersected. Facts that disagree become sides, ordered by method (told,
    register, structured, page, dns, provider, column, inferred), then by the later day, then by how
    many other facts agree. The result does not depend on the order of `facts`.
    """
    kept, ignored = usable(facts, attribute_name, policy)
    holds = _holds(attribute_name, kept)
    if attribute(attribute_name).kind is Kind.MONEY:
        sides, unconverted = _money_sides(kept, policy, meeting=holds is Holds.ONE)
        return FoldedAttribute(attribute_name, holds, sides, ignored + unconverted)
    return FoldedAttribute(attribute_name, holds, _sides(kept, meeting=holds is Holds.ONE), ignored)


def _holds(name: str, facts: Sequence[Fact]) -> Holds:
    described = attribute(name)
    if any(fact.evidence.scope is Scope.SITE for fact in facts):
        return Holds.SITES
    return Holds.MANY if described.world is World.OPEN or described.kind in _SEVERAL else Holds.ONE


def by_belief(facts: Sequence[Fact]) -> list[Fact]:
    """The facts of one attribute, the most trusted first."""
    if len(facts) < 2:
        return list(facts)

    def rank(fact: Fact) -> tuple[int, int, int, float, str, str, str]:
        others = sum(agree(fact.value, other.value) for other in facts)
        evidence = fact.evidence
        return (
            _METHODS[evidence.method],
            -day(fact).toordinal(),
            -others,
            -evidence.observed_at.timestamp(),
            evidence.source,
            str(fact.value),
            str(fact.id),
        )

    return sorted(facts, key=rank)


def _sides(facts: Sequence[Fact], *, meeting: bool) -> tuple[Side, ...]:
    """The sides of facts, the most trusted first: compatible values share one if `meeting`, otherwise
    only equal values do.
    """
    sides: list[Side] = []
    for fact in by_belief(facts):
        for place, side in enumerate(sides):
            shared = (
                meet(side.value, fact.value) if meeting or _same(side.value, fact.value) else None
            )
            if shared is not None:
                sides[place] = Side(shared, (*side.facts, fact))
                break
        else:
            sides.append(Side(fact.value, (fact,)))
    return tuple(sides)


def _same(left: Value, right: Value) -> bool:
    return agree(left, right) if isinstance(left, str) else left == right


def meet(left: Value, right: Value) -> Value | None:
    """The value that is true when both are; None when they contradict each other."""
    if isinstance(left, Range) and isinstance(right, Range):
        return left.meet(right)
    if isinstance(left, MoneyRange) and isinstance(right, MoneyRange):
        amount = left.amount.meet(right.amount) if left.currency == right.currency else None
        return None if amount is None else MoneyRange(amount, left.currency)
    return left if agree(left, right) else None


def _money_sides(
    facts: Sequence[Fact], policy: Policy, *, meeting: bool
) -> tuple[tuple[Side, ...], tuple[Ignored, ...]]:
    """Sides in one currency: the policy's, otherwise that of the most trusted fact."""
    stated = {fact.id: fact for fact in by_belief(facts)}
    currency = policy.currency or next(
        (fact.value.currency for fact in stated.values() if isinstance(fact.value, MoneyRange)), ""
    )
    converted: list[Fact] = []
    notes: dict[UUID, str] = {}
    ignored: list[Ignored] = []
    for fact in facts:
        assert isinstance(fact.value, MoneyRange)
        if fact.value.currency == currency:
            converted.append(fact)
            notes[fact.id] = ""
            continue
        found = convert(fact.value, currency, day(fact))
        if found is None:
            ignored.append(
                Ignored(
                    fact,
                    f"is in {fact.value.currency}, which has no rate to {currency} for"
                    f" {day(fact).isoformat()}",
                )
            )
        else:
            converted.append(replace(fact, value=found.money))
            notes[fact.id] = found.reason
    return tuple(
        _as_stated(side, stated, notes) for side in _sides(converted, meeting=meeting)
    ), tuple(ignored)


def _as_stated(side: Side, stated: dict[UUID, Fact], notes: dict[UUID, str]) -> Side:
    """The side with its facts in their own currencies, and how they were converted."""
    said = dict.fromkeys(notes[fact.id] for fact in side.facts)
    return Side(
        side.value,
        tuple(stated[fact.id] for fact in side.facts),
        "; ".join(note for note in said if note),
    )
