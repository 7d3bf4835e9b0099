"""In which order the questions about one company are worth asking."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, prod

from sources.planner.options import Choice, Option
from sources.planner.rates import Rates

#: A value that is needed for a fit is worth as much as this chance of an end, if it ends nothing.
STEP = 0.02
#: Chances below this are none.
NONE = 1e-9


@dataclass(frozen=True, slots=True)
class Step:
    """One question in the order of a company, with its chances at the time it is asked."""

    option: Option
    #: The chance that it is asked at all: that nothing before it settled the verdict.
    reached: float
    #: The chances that it answers anything open, that it ends the company, that it makes it fit.
    known: float
    ends: float
    fits: float
    #: Verdicts for each unit of money, of the questions that are worth it only together.
    worth: float

    @property
    def cost(self) -> float:
        """Millionths, as expected before anything is asked."""
        return self.reached * self.option.expected

    @property
    def settles(self) -> float:
        """The chance that it settles the verdict, as expected before anything is asked."""
        return self.reached * (self.ends + self.fits)


class _State:
    """What is expected of a company after some questions, while nothing ended it."""

    def __init__(self, choice: Choice, rates: Rates) -> None:
        names = choice.ends.union(*choice.sets)
        self.sets = choice.sets
        self.needed = frozenset[str]().union(*choice.sets)
        self.end = {name: rates.end(name) if name in choice.ends else 0.0 for name in names}
        self.unknown = dict.fromkeys(names, 1.0)
        self.alive, self.settled = 1.0, 0.0

    def value(self, option: Option) -> float:
        """What an answer is worth: the chance of an end, and steps towards a fit."""
        stays, steps = 1.0, 0.0
        for name, hit in option.hits:
            answered = self.unknown[name] * hit
            stays *= 1 - answered * self.end[name]
            if name in self.needed:
                steps += answered
        return 1 - stays + STEP * steps

    def ask(self, option: Option) -> Step:
        """Move on to after the answer."""
        reached = 1 - self.settled
        silent = stays = 1.0
        for name, hit in option.hits:
            answered = self.unknown[name] * hit
            ended = answered * self.end[name]
            silent *= 1 - answered
            stays *= 1 - ended
            self.unknown[name] = (self.unknown[name] - answered) / (1 - ended) if ended < 1 else 0.0
        ended_before = 1 - self.alive
        self.alive *= stays
        fits = max(
            (prod(1 - self.unknown[name] for name in sorted(one)) for one in self.sets), default=0.0
        )
        settled = max(self.settled, 1 - self.alive * (1 - fits))
        gained = settled - self.settled
        ends = min(gained, (1 - self.alive) - ended_before)
        self.settled = settled
        share = 1 / reached if reached > NONE else 0.0
        return Step(option, reached, 1 - silent, ends * share, (gained - ends) * share, 0.0)


def steps(choice: Choice, rates: Rates, most: int) -> tuple[Step, ...]:
    """The questions about a company, best first, whose prices together are at most `most`."""
    state, left = _State(choice, rates), list(choice.options)
    found: list[Step] = []
    paid = 0
    while left:
        rated = [
            (_worth(value, one.expected), value, one)
            for one in left
            if paid + one.price <= most and (value := state.value(one)) > NONE
        ]
        if not rated:
            break
        best = min(rated, key=lambda one: (-one[0], -one[1], one[2].key))[2]
        found.append(state.ask(best))
        paid += best.price
        left.remove(best)
    return _together(found)


def _worth(value: float, cost: float) -> float:
    return value / cost if cost > 0 else inf


def _together(found: list[Step]) -> tuple[Step, ...]:
    """Give questions their worth; one that only prepares a better one shares the worth of both."""
    blocks: list[tuple[float, float, list[Step]]] = []
    for step in found:
        settles, cost, some = step.settles, step.cost, [step]
        while blocks and _worth(settles, cost) > _worth(blocks[-1][0], blocks[-1][1]):
            before = blocks.pop()
            settles, cost, some = settles + before[0], cost + before[1], before[2] + some
        blocks.append((settles, cost, some))
    return tuple(
        Step(
            one.option,
            one.reached,
            one.known,
            one.ends,
            one.fits,
            _worth(settles, cost),
        )
        for settles, cost, some in blocks
        for one in some
    )
