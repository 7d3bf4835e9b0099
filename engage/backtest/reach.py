"""How well one number orders companies by their outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from engage.backtest.rates import FEWEST, Rate
from engage.predict.measures import auc, auc_interval, top_lift
from engage.signals.table import Flags, Floats


@dataclass(frozen=True, slots=True)
class Reach:
    """How well a number tells won companies from lost ones."""

    auc: float
    low: float
    high: float
    #: How many times as often the top tenth was won as all.
    lift10: float

    def as_json(self) -> dict[str, float]:
        """The keys that other programs may rely on."""
        return {
            "auc": round(self.auc, 4),
            "auc_low": round(self.low, 4),
            "auc_high": round(self.high, 4),
            "lift10": round(self.lift10, 2),
        }


#: The same keys where there are too few companies to say.
UNSAID: dict[str, None] = {"auc": None, "auc_low": None, "auc_high": None, "lift10": None}


@dataclass(frozen=True, slots=True)
class Band:
    """The companies whose number is in a range, with its ends."""

    low: int
    high: int
    rate: Rate

    def as_json(self) -> dict[str, Any]:
        """The keys that other programs may rely on."""
        return {"from": self.low, "to": self.high, **self.rate.as_json()}


def reach(numbers: Floats, won: Flags) -> Reach | None:
    """Measure a number; None: too few companies, or all of them ended the same way."""
    if len(won) < FEWEST or won.all() or not won.any():
        return None
    low, high = auc_interval(numbers, won)
    return Reach(auc(numbers, won), low, high, top_lift(numbers, won))


def bands(numbers: Floats, won: Flags, edges: Sequence[int]) -> list[Band]:
    """The rate of each range of whole numbers; `edges` are the first number of each, and one more at
    the end.
    """
    found = []
    for low, end in pairwise(edges):
        inside = (numbers >= low) & (numbers < end)
        rate = Rate(int(inside.sum()), int(np.count_nonzero(won & inside)))
        found.append(Band(low, end - 1, rate))
    return found
