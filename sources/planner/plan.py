"""The plan: what to ask about each company next, what it may cost, and what it will settle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from leads.prices import Price
from sources.planner.offer import Experience, Offer, OpenCompany
from sources.planner.options import LeftOut, price_of
from sources.planner.order import Step
from sources.planner.outlook import Outlook, Outlooks
from sources.planner.rates import Rates
from sources.planner.why import Why
from sources.planner.words import say_question

_ALL = 10**18
_CURRENCY = "EUR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question to a source, with what is expected of it."""

    source: str
    #: What is asked for: the attributes whose answers can change the verdict.
    attributes: tuple[str, ...]
    #: At most, and on average once it is asked.
    price: Price
    expected: Price
    #: The chances that nothing before it settles the company, that it answers any of the
    #: attributes, that it ends the company, that it makes it fit: the last three once it is asked.
    reached: float
    known: float
    ends: float
    fits: float

    @property
    def reason(self) -> str:
        """Why it is asked: `ask provider:x for headcount for 0.02 EUR: 62% likely to answer …`."""
        return say_question(
            self.source, self.attributes, self.price, self.known, self.ends, self.fits
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyPlan:
    """What to ask about one company: the first question now, the others if it stays open."""

    key: str
    questions: tuple[Question, ...]
    #: As expected, if it is asked until it is settled.
    cost: Price
    #: The chance that these questions settle the verdict.
    settles: float
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is asked with a budget."""

    #: Companies with a question first, those whose first question is worth most before the others.
    companies: tuple[CompanyPlan, ...]
    #: As expected; the spending itself is held to the budget by what is reserved.
    cost: Price
    #: Verdicts that it settles, as expected.
    verdicts: float

    @property
    def next(self) -> Iterator[tuple[str, Question]]:
        """What to ask now: one question for each company, the best first."""
        for one in self.companies:
            if one.questions:
                yield one.key, one.questions[0]


def plan(
    companies: Iterable[OpenCompany],
    offers: Iterable[Offer],
    experience: Experience,
    budget: Price | None = None,
    max_per_company: Price | None = None,
) -> Plan:
    """Plan the questions that settle most verdicts for the money; None: no limit.

    The order of companies and offers does not matter. Expected costs never exceed the budget, no
    price does, and the prices of a company's questions never exceed what may still be spent on it.
    ValueError if prices are in different currencies.
    """
    sorted_in = sorted(companies, key=lambda one: one.key)
    offered = sorted(offers, key=_offer_key)
    currency = _currency(offered, budget, max_per_company)
    most = _ALL if budget is None else budget.micros
    seen = Outlooks(offered, Rates(experience), most, max_per_company)
    outlooks = [seen.of(one) for one in sorted_in]

    counts, spent, settled = _within(outlooks, most)
    order = sorted(
        range(len(sorted_in)),
        key=lambda at: -outlooks[at].steps[0].worth if counts[at] else 1.0,
    )
    parts = _Parts(currency)
    return Plan(
        companies=tuple(parts.of(sorted_in[at].key, outlooks[at], counts[at]) for at in order),
        cost=Price(ceil(spent), currency),
        verdicts=settled,
    )


def _within(outlooks: Sequence[Outlook], most: int) -> tuple[list[int], float, float]:
    """How many questions of each company the budget pays for, what they cost, what they settle.

    The questions of all companies have one order, so that more money only adds to it.
    """
    counts = [0] * len(outlooks)
    spent = settled = 0.0
    waiting = sorted(
        (-step.worth, at, place)
        for at, one in enumerate(outlooks)
        for place, step in enumerate(one.steps)
    )
    for _, at, place in waiting:
        step = outlooks[at].steps[place]
        if spent + step.option.price > most:
            break
        counts[at] = place + 1
        spent += step.cost
        settled += step.settles
    return counts, spent, settled


class _Parts:
    """The plans of companies; those with the same outlook share their questions."""

    def __init__(self, currency: str) -> None:
        self._currency = currency
        self._kept: dict[
            tuple[int, int], tuple[tuple[Question, ...], Price, tuple[LeftOut, ...]]
        ] = {}

    def of(self, key: str, outlook: Outlook, count: int) -> CompanyPlan:
        at = (id(outlook), count)
        if at not in self._kept:
            asked, later = outlook.steps[:count], outlook.steps[count:]
            self._kept[at] = (
                tuple(_question(one, self._currency) for one in asked),
                Price(ceil(outlook.costs[count]), self._currency),
                tuple(LeftOut(one.option.offer.source, Why.BUDGET) for one in later)
                + outlook.left_out,
            )
        questions, cost, left_out = self._kept[at]
        return CompanyPlan(
            key=key,
            questions=questions,
            cost=cost,
            settles=outlook.settles[count],
            left_out=left_out,
        )


def _question(step: Step, currency: str) -> Question:
    return Question(
        source=step.option.offer.source,
        attributes=tuple(name for name, _ in step.option.hits),
        price=Price(step.option.price, currency),
        expected=Price(step.option.expected, currency),
        reached=step.reached,
        known=step.known,
        ends=step.ends,
        fits=step.fits,
    )


def _offer_key(one: Offer) -> tuple[object, ...]:
    return (
        one.source,
        one.price.micros,
        one.billing,
        *(tuple(sorted(some)) for some in (one.attributes, one.countries, one.asks_by)),
    )


def _currency(offers: Sequence[Offer], *limits: Price | None) -> str:
    paid = [one.price for one in offers if price_of(one)]
    named = {one.currency for one in (*limits, *paid) if one is not None}
    if len(named) > 1:
        raise ValueError(f"prices are in {' and '.join(sorted(named))}; a plan needs one currency")
    return named.pop() if named else _CURRENCY
