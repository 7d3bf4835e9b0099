"""What companies cost: their share of the lists, questions about them, and the time of the SDRs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from engage.figures.amounts import Amounts, total
from engage.figures.companies import Company, Lists
from engage.figures.steps import STEPS, count_steps

#: A return on fewer customers with a value is not stated.
FEWEST_SALES = 5
_HOUR = 3600
_NOTHING = Amounts()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What some companies cost, and what they brought."""

    lists: Amounts
    #: The names of the lists whose cost is not stated: the amounts lack it.
    unstated: Sequence[str]
    #: What was paid to sources for questions about the companies.
    questions: Amounts
    #: Hours of SDRs, and what they cost; None: the cost of an hour is not set.
    hours: float
    time: Amounts | None
    #: For each step: the cost of each company that came to it; None: nobody did.
    per: Mapping[str, Amounts | None]
    #: The known values of what customers bought, and how many customers they are of.
    won: Amounts
    sales: int
    #: Customers of whose deals no value is known.
    without_value: int

    @property
    def sum(self) -> Amounts:
        """Lists, questions and time together."""
        return self.lists + self.questions + (self.time or Amounts())

    @property
    def profit(self) -> float | None:
        """What was won beyond the cost, as a multiple of the cost; None: see `why_none`."""
        if self.why_none:
            return None
        spent, won = self.sum.only, self.won.only
        return float((won[1] - spent[1]) / spent[1]) if spent and won else None

    @property
    def why_none(self) -> str:
        """Why no return is stated; empty when one is."""
        if self.sales < FEWEST_SALES:
            return f"too few to say: {self.sales} of at least {FEWEST_SALES} customers with a value"
        spent, won = self.sum.only, self.won.only
        if not self.sum:
            return "no cost is stated"
        if spent is None or won is None or spent[0] != won[0]:
            return "several currencies, which are not added"
        return "" if spent[1] else "no cost is stated"


@dataclass(frozen=True, slots=True)
class Bought:
    """What lists cost, and which do not state it."""

    cost: Amounts
    unstated: Sequence[str]


def rows_of(some: Iterable[Company]) -> Counter[str]:
    """How many rows companies have on each list."""
    counted: Counter[str] = Counter()
    for one in some:
        for list_id, rows in one.rows:
            counted[list_id] += rows
    return counted


def bought(counted: Mapping[str, int], lists: Lists) -> Bought:
    """What rows cost of these lists. A list's cost is spread evenly over its rows."""
    named = [(lists[one], counted[one]) for one in lists if counted.get(one)]
    stated = [(one.cost, Fraction(rows, one.rows)) for one, rows in named if one.cost is not None]
    spread = total(amounts.times(share) for amounts, share in stated)
    return Bought(spread, sorted(one.name for one, _ in named if one.cost is None))


def cost(
    some: Sequence[Company], of_lists: Bought, hour: Amounts | None, others: Amounts = _NOTHING
) -> Cost:
    """What companies cost, and for each step what one company there cost.

    `others` is what questions about companies cost that are not there any more.
    """
    seconds = sum(one.seconds for one in some)
    time = hour.times(Fraction(round(seconds), _HOUR)) if hour is not None else None
    questions = total([*(one.asked for one in some), others])
    spent = of_lists.cost + questions + (time or Amounts())
    customers = [one.won for one in some if one.path.came_to("customer")]
    known = [won for won in customers if won]
    counts = count_steps(one.path for one in some)
    return Cost(
        lists=of_lists.cost,
        unstated=of_lists.unstated,
        questions=questions,
        hours=seconds / _HOUR,
        time=time,
        per={step: spent.per(counts[step]) if spent else None for step in STEPS},
        won=total(known),
        sales=len(known),
        without_value=len(customers) - len(known),
    )
