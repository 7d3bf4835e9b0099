"""The plan: what to ask about each company next, what it may cost, and what it will settle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from leads.prices import Price
from sources.planner.offer import Experience, Offer, OpenCompany
from sources.planner.options import LeftOut, Why, choice
from sources.planner.order import Step, steps
from sources.planner.rates import Rates

_ALL = 10**18
_CURRENCY = "EUR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question to a source, with what is expected of it; `words.py` says it in a sentence."""

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


@dataclass(frozen=True, slots=True)
class _Outlook:
    """What companies of one state share."""

    steps: tuple[Step, ...]
    questions: tuple[Question, ...]
    #: Of the first so many questions: expected millionths, and the chance to settle.
    costs: tuple[float, ...]
    settles: tuple[float, ...]
    left_out: tuple[LeftOut, ...]


def plan(
    companies: Iterable[OpenCompany],
    offers: Iterable[Offer],
    experience: Experience,
    budget: Price | None = None,
    max_per_company: Price | None = None,
) -> Plan:
    """Plan the questions that settle most verdicts for the money; None: no limit.

    The order of companies and offers does not matter. Expected costs never exceed the budget, and
    the prices of a company's questions never exceed what may still be spent on it. ValueError if
    prices are in different currencies.
    """
    sorted_in = sorted(companies, key=lambda one: one.key)
    offered = sorted(offers, key=_offer_key)
    currency = _currency(offered, budget, max_per_company)
    most = _ALL if budget is None else budget.micros
    outlooks = _outlooks(sorted_in, offered, Rates(experience), most, max_per_company, currency)

    counts, spent, settled = _within(outlooks, most)
    order = sorted(
        range(len(sorted_in)),
        key=lambda at: -outlooks[at].steps[0].worth if counts[at] else 1.0,
    )
    return Plan(
        companies=tuple(
            _company_plan(sorted_in[at].key, outlooks[at], counts[at], currency) for at in order
        ),
        cost=Price(ceil(spent), currency),
        verdicts=settled,
    )


def _outlooks(
    companies: Sequence[OpenCompany],
    offers: Sequence[Offer],
    rates: Rates,
    most: int,
    cap: Price | None,
    currency: str,
) -> list[_Outlook]:
    """The outlook of each company; companies in the same state share one."""
    kept: dict[tuple[object, ...], _Outlook] = {}
    found: list[_Outlook] = []
    for one in companies:
        left = _ALL if cap is None else max(cap.micros - one.spent.micros, 0)
        state = (one.country, one.known_by, one.fits_by, one.ends_by, one.asked, left)
        if state not in kept:
            kept[state] = _outlook(one, offers, rates, min(left, most), currency)
        found.append(kept[state])
    return found


def _outlook(
    company: OpenCompany, offers: Sequence[Offer], rates: Rates, most: int, currency: str
) -> _Outlook:
    choices = choice(company, offers, rates)
    asked = steps(choices, rates, most)
    done = {one.option.key for one in asked}
    left = [
        LeftOut(one.offer.source, Why.CAP if one.price else Why.NOT_NEEDED)
        for one in choices.options
        if one.key not in done
    ]
    costs, settles = [0.0], [0.0]
    for one in asked:
        costs.append(costs[-1] + one.cost)
        settles.append(settles[-1] + one.settles)
    return _Outlook(
        asked,
        tuple(_question(one, currency) for one in asked),
        tuple(costs),
        tuple(settles),
        tuple(dict.fromkeys((*left, *choices.left_out))),
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


def _within(outlooks: Sequence[_Outlook], most: int) -> tuple[list[int], float, float]:
    """How many questions of each company the budget pays for, what they cost, what they settle.

    The questions of all companies stand in one order, so that more money only adds to it.
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


def _company_plan(key: str, outlook: _Outlook, count: int, currency: str) -> CompanyPlan:
    later = tuple(LeftOut(one.source, Why.BUDGET) for one in outlook.questions[count:])
    return CompanyPlan(
        key=key,
        questions=outlook.questions[:count],
        cost=Price(ceil(outlook.costs[count]), currency),
        settles=outlook.settles[count],
        left_out=later + outlook.left_out,
    )


def _offer_key(one: Offer) -> tuple[object, ...]:
    return (
        one.source,
        one.price.micros,
        one.billing,
        *(tuple(sorted(some)) for some in (one.attributes, one.countries, one.asks_by)),
    )


def _currency(offers: Sequence[Offer], *limits: Price | None) -> str:
    paid = [one.price for one in offers if one.price.micros]
    named = {one.currency for one in (*limits, *paid) if one is not None}
    if len(named) > 1:
        raise ValueError(f"prices are in {' and '.join(sorted(named))}; a plan needs one currency")
    return named.pop() if named else _CURRENCY
