"""A model as plain weights: the chance of one company, and the terms that move it."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engage.predict.number_text import number_of

#: Places within a cell: 0 is the first.
LAST = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """The weights of one column, in log-odds."""

    column: str
    #: Of a column of groups: the weight of each text; a text that was not seen weighs nothing.
    texts: Mapping[str, float] = field(default_factory=dict)
    #: Of a column of numbers: what is taken off, what it is divided by, and the weight.
    is_number: bool = False
    #: Whether the logarithm of a number counts.
    is_logged: bool = False
    middle: float = 0.0
    mean: float = 0.0
    spread: float = 1.0
    weight: float = 0.0
    #: Of a missing number.
    missing: float = 0.0
    #: What the column adds on average.
    usual: float = 0.0

    def adds(self, cell: str) -> float:
        """What a cell adds to the log-odds."""
        if not self.is_number:
            return self.texts.get(cell, 0.0)
        number = number_of(cell)
        if number is None:
            return self.weight * (self.middle - self.mean) / self.spread + self.missing
        value = math.log1p(max(number, 0.0)) if self.is_logged else number
        return self.weight * (value - self.mean) / self.spread


@dataclass(frozen=True, slots=True)
class Moved:
    """What one term does to the log-odds of a company, beside the average company."""

    column: str
    value: str
    by: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """A model that was learned."""

    intercept: float
    #: Of the calibration.
    slope: float
    shift: float
    terms: Sequence[Term]
    #: The chances of the companies that it learned from: 101 of them, from the lowest to the highest.
    quantiles: Sequence[float]

    def log_odds(self, cells: Mapping[str, str]) -> float:
        """The calibrated log-odds of a company."""
        added = math.fsum(one.adds(cells.get(one.column, "")) for one in self.terms)
        return self.slope * (self.intercept + added) + self.shift

    def chance(self, cells: Mapping[str, str]) -> float:
        """The chance of a company."""
        return chance_of(self.log_odds(cells))

    @property
    def usual(self) -> float:
        """The log-odds of an average company."""
        added = math.fsum(one.usual for one in self.terms)
        return self.slope * (self.intercept + added) + self.shift

    def moved(self, cells: Mapping[str, str]) -> list[Moved]:
        """The terms that move a company's log-odds away from the average, the strongest first.

        They add up to the difference.
        """
        found = []
        for one in self.terms:
            cell = cells.get(one.column, "")
            found.append(Moved(one.column, cell, self.slope * (one.adds(cell) - one.usual)))
        return sorted(found, key=lambda one: (-abs(one.by), one.column))

    def place(self, chance: float) -> int:
        """The place of a chance among those that it learned from: 0 for the highest, 10,000 for the
        lowest.
        """
        below = bisect_left(self.quantiles, chance)
        until = bisect_right(self.quantiles, chance)
        share = (below + until) / 2 / len(self.quantiles)
        return round(LAST * (1 - share))

    def as_json(self) -> dict[str, Any]:
        """Everything, as plain JSON values."""
        return {
            "intercept": self.intercept,
            "slope": self.slope,
            "shift": self.shift,
            "terms": list(_written(self.terms)),
            "quantiles": list(self.quantiles),
        }


def chance_of(log_odds: float) -> float:
    """The chance that log-odds state."""
    return 1 / (1 + math.exp(-max(-500.0, min(500.0, log_odds))))


def from_json(document: Mapping[str, Any]) -> Weights:
    """The weights that `as_json` wrote."""
    terms = [Term(**one) for one in document["terms"]]
    return Weights(
        intercept=document["intercept"],
        slope=document["slope"],
        shift=document["shift"],
        terms=terms,
        quantiles=document["quantiles"],
    )


def _written(terms: Sequence[Term]) -> Iterator[dict[str, Any]]:
    for one in terms:
        row: dict[str, Any] = {"column": one.column, "usual": one.usual}
        if one.is_number:
            names = ("is_number", "is_logged", "middle", "mean", "spread", "weight", "missing")
            yield row | {name: getattr(one, name) for name in names}
        else:
            yield row | {"texts": dict(one.texts)}
