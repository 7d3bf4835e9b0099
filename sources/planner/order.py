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


@dataclass(frozen=True, slots=True)
class Order:
    """The questions about a company in order, and for which limits it is the same."""

    steps: tuple[Step, ...]
    #: Millionths: the limits from the first one to below the second one.
    limits: tuple[int, float]


#: A step without its worth: option, reached, known, ends, fits.
_Asked = tuple[Option, float, float, float, float]


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

    def ask(self, option: Option) -> _Asked:
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
        return option, reached, 1 - silent, ends * share, (gained - ends) * share


def ordered(choice: Choice, rates: Rates, most: int) -> Order:
    """The questions about a company, best first, whose prices together are at most `most`."""
    state, left = _State(choice, rates), list(choice.options)
    found: list[_Asked] = []
    paid, beyond = 0, inf
    while True:
        rated = []
        for one in left:
            if paid + one.price > most:
                beyond = min(beyond, paid + one.price)
            elif (value := state.value(one)) > NONE:
                rated.append((-_worth(value, one.expected), -value, one.key, one))
        if not rated:
            return Order(_together(found), (paid, beyond))
        best = min(rated, key=_rank)[3]
        found.append(state.ask(best))
        paid += best.price
        left.remove(best)


def _rank(
    rated: tuple[float, float, tuple[str, int, tuple[str, ...]], Option],
) -> tuple[object, ...]:
    return rated[:3]


def _worth(value: float, cost: float) -> float:
    return value / cost if cost > 0 else inf


def _together(found: list[_Asked]) -> tuple[Step, ...]:
    """Give questions their worth; one that only prepares a better one shares the worth of both."""
    blocks: list[tuple[float, float, list[_Asked]]] = []
    for asked in found:
        option, reached, _, ends, fits = asked
        settles, cost, some = reached * (ends + fits), reached * option.expected, [asked]
        while blocks and _worth(settles, cost) > _worth(blocks[-1][0], blocks[-1][1]):
            before = blocks.pop()
            settles, cost, some = settles + before[0], cost + before[1], before[2] + some
        blocks.append((settles, cost, some))
    return tuple(
        Step(*asked, _worth(settles, cost)) for settles, cost, some in blocks for asked in some
    )
