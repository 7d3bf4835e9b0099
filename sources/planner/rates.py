"""Chances learned from experience, drawn towards what is known of alike questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sources.planner.offer import FOUND, Experience, Tally

#: How likely a value is found, and that it ends a company, before anything was learned.
PRIOR_HIT, PRIOR_END = 0.5, 0.3
#: As many questions as a guess from alike questions counts.
WEIGHT = 6


class Rates:
    """The chances of one experience; a country is drawn to its source, a source to the prior."""

    def __init__(self, experience: Experience) -> None:
        """Add up what was learned."""
        self._hits = dict(experience.hits)
        self._ends = dict(experience.ends)
        self._by_attribute = _summed(
            ((source, attribute), tally) for (source, _, attribute), tally in self._hits.items()
        )
        self._by_source = _summed(
            ((source, ""), tally)
            for (source, _, attribute), tally in self._hits.items()
            if attribute != FOUND
        )
        self._any_end = _share(
            _summed((("", ""), one) for one in self._ends.values()).get(("", "")), PRIOR_END
        )
        self._kept: dict[tuple[str, str, str], float] = {}

    def hit(self, source: str, country: str | None, attribute: str) -> float:
        """The chance that a question to a source answers what is open about an attribute."""
        key = (source, country or "", attribute)
        if key not in self._kept:
            of_source = _share(self._by_source.get((source, "")), PRIOR_HIT)
            of_attribute = _share(self._by_attribute.get((source, attribute)), of_source)
            self._kept[key] = _share(self._hits.get(key), of_attribute)
        return self._kept[key]

    def found(self, source: str, country: str | None) -> float:
        """The chance that a source finds a company at all."""
        return self.hit(source, country, FOUND)

    def end(self, attribute: str) -> float:
        """The chance that an answer about an attribute ends a company."""
        return _share(self._ends.get(attribute), self._any_end)


def _share(tally: Tally | None, guess: float) -> float:
    if tally is None:
        return guess
    return (tally.yes + WEIGHT * guess) / (tally.of + WEIGHT)


def _summed(
    tallies: Iterable[tuple[tuple[str, str], Tally]],
) -> dict[tuple[str, str], Tally]:
    sums: defaultdict[tuple[str, str], Tally] = defaultdict(Tally)
    for key, one in tallies:
        before = sums[key]
        sums[key] = Tally(before.yes + one.yes, before.of + one.of)
    return dict(sums)
