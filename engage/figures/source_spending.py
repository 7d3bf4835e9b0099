"""What was paid for questions to sources: by source, client, campaign, list or week."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from engage.figures.weeks import week_name
from leads.prices import Price

#: Who bears what no client bears.
AGENCY = "(agency)"


class Kind(StrEnum):
    """How certain it is that a question costs something."""

    PAID = "paid"
    #: It is under way.
    SET_ASIDE = "set aside"
    #: Its process died: a person says whether it was billed.
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """What one bearer has of a question: its price or a part of it, and its answer."""

    source: str
    #: Empty: the agency, which has no campaigns and no lists.
    client: str
    campaign: str
    list_name: str
    at: datetime
    price: Price
    kind: Kind = Kind.PAID
    #: Whether it is counted here that the question was asked: once of all its bearers.
    asked: bool = False
    #: Whether the source said something, and whether it knew the company.
    answered: bool = False
    found: bool = False
    #: Answers that were used and had been asked for by somebody else.
    reused: int = 0
    #: Of how many questions all of this holds, each by itself.
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """The facts of a source, and how many of those that were checked are right."""

    facts: int
    right: int
    checked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSpent:
    """What the questions of one group cost; money is in one price for each currency."""

    group: str
    questions: int
    answered: int
    found: int
    reused: int
    cost: tuple[Price, ...]
    set_aside: tuple[Price, ...]
    unclear: tuple[Price, ...]
    #: None: facts are counted by source alone.
    worth: Worth | None = None

    @property
    def hit_rate(self) -> float | None:
        """The share of answered questions that found the company, 0 to 1; None: of none."""
        return self.found / self.answered if self.answered else None

    @property
    def per_fact(self) -> tuple[Price, ...] | None:
        """The cost of each fact; None: there is none."""
        if self.worth is None or not self.worth.facts:
            return None
        return _each(self.cost, Fraction(self.worth.facts))

    @property
    def per_correct_fact(self) -> tuple[Price, ...] | None:
        """The cost of each fact that is right, if all are as right as the checked ones.

        None: nothing was checked, or nothing of it is right.
        """
        if self.worth is None or not self.worth.facts or not self.worth.right:
            return None
        right = Fraction(self.worth.facts * self.worth.right, self.worth.checked)
        return _each(self.cost, right)


#: What questions can be grouped by.
GROUPINGS: Mapping[str, Callable[[Bearing], str]] = {
    "client": lambda one: one.client or AGENCY,
    "campaign": lambda one: f"{one.client}: {one.campaign}" if one.client else AGENCY,
    "source": lambda one: one.source,
    "list": lambda one: f"{one.client}: {one.list_name}" if one.client else AGENCY,
    "week": lambda one: week_name(one.at.date()),
}


@dataclass(slots=True)
class _Sums:
    """What one group came to so far."""

    questions: int = 0
    answered: int = 0
    found: int = 0
    reused: int = 0
    #: Millionths by kind and currency.
    micros: dict[tuple[Kind, str], int] = field(default_factory=dict)

    def add(self, one: Bearing) -> None:
        self.questions += one.asked * one.count
        self.answered += one.answered * one.count
        self.found += one.found * one.count
        self.reused += one.reused * one.count
        if one.price.micros:
            key = (one.kind, one.price.currency)
            self.micros[key] = self.micros.get(key, 0) + one.price.micros * one.count

    def spent(self, group: str) -> SourceSpent:
        return SourceSpent(
            group=group,
            questions=self.questions,
            answered=self.answered,
            found=self.found,
            reused=self.reused,
            cost=self._of(Kind.PAID),
            set_aside=self._of(Kind.SET_ASIDE),
            unclear=self._of(Kind.UNCLEAR),
        )

    def _of(self, wanted: Kind) -> tuple[Price, ...]:
        return tuple(
            Price(micros, currency)
            for (kind, currency), micros in sorted(self.micros.items())
            if kind is wanted
        )


def spent_by(
    bearings: Iterable[Bearing], grouping: str | None
) -> tuple[list[SourceSpent], SourceSpent]:
    """Add questions up by group, in the order of the groups' names, and all together.

    Without a grouping there are no groups.
    """
    group_of = GROUPINGS[grouping] if grouping else None
    groups: dict[str, _Sums] = {}
    every = _Sums()
    for one in bearings:
        every.add(one)
        if group_of is not None:
            groups.setdefault(group_of(one), _Sums()).add(one)

    return [groups[name].spent(name) for name in sorted(groups)], every.spent("all")


def with_worth(spent: SourceSpent, worth: Mapping[str, Worth]) -> SourceSpent:
    """What a source cost, with the facts that it gave."""
    return replace(spent, worth=worth.get(spent.group))


def _each(prices: Iterable[Price], count: Fraction) -> tuple[Price, ...]:
    """Prices divided by a number, to the nearest millionth."""
    return tuple(Price(round(one.micros / count), one.currency) for one in prices)
