"""What is to be expected of each company; companies in the same state share it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leads.prices import Price
from sources.planner.offer import Offer, OpenCompany
from sources.planner.options import Choice, LeftOut, choice, price_of
from sources.planner.order import Order, Step, ordered
from sources.planner.rates import Rates
from sources.planner.why import Why


@dataclass(frozen=True, slots=True)
class Outlook:
    """The questions about companies of one state, if money lasts."""

    steps: tuple[Step, ...]
    #: Of the first so many questions: expected millionths, and the chance to settle.
    costs: tuple[float, ...]
    settles: tuple[float, ...]
    left_out: tuple[LeftOut, ...]


class Outlooks:
    """The outlooks under one experience, each found once."""

    def __init__(
        self, offers: Sequence[Offer], rates: Rates, dearest: int, cap: Price | None
    ) -> None:
        """`dearest` is in millionths: no single question costs more."""
        self._offers, self._rates, self._dearest, self._cap = offers, rates, dearest, cap
        self._all = sum(price_of(one) for one in offers)
        self._choices: dict[tuple[object, ...], Choice] = {}
        #: By state; each for a span of what may still be spent.
        self._found: dict[tuple[object, ...], list[tuple[Order, Outlook]]] = {}

    def of(self, company: OpenCompany) -> Outlook:
        """The outlook of a company."""
        state = (
            company.country,
            company.known_by,
            company.fits_by,
            company.ends_by,
            frozenset(company.asked.items()),
        )
        left = self._left(company)
        for order, outlook in self._found.setdefault(state, []):
            if order.limits[0] <= left < order.limits[1]:
                return outlook
        if state not in self._choices:
            self._choices[state] = choice(company, self._offers, self._rates, self._dearest)
        choices = self._choices[state]
        order = ordered(choices, self._rates, left)
        outlook = _outlook(choices, order.steps)
        self._found[state].append((order, outlook))
        return outlook

    def _left(self, company: OpenCompany) -> int:
        """Millionths that may still be spent on a company."""
        if self._cap is None:
            return self._all
        return max(self._cap.micros - company.spent.micros, 0)


def _outlook(choices: Choice, steps: tuple[Step, ...]) -> Outlook:
    done = {one.option.key for one in steps}
    left = [
        LeftOut(one.offer.source, Why.CAP if one.price else Why.NOT_NEEDED)
        for one in choices.options
        if one.key not in done
    ]
    costs, settles = [0.0], [0.0]
    for one in steps:
        costs.append(costs[-1] + one.cost)
        settles.append(settles[-1] + one.settles)
    return Outlook(
        steps, tuple(costs), tuple(settles), tuple(dict.fromkeys((*left, *choices.left_out)))
    )
