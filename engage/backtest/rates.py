"""Shares of won companies, with their intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from engage.predict.measures import Z95

#: A share of fewer companies says nothing.
FEWEST = 20


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of some companies were won."""

    n: int
    won: int

    @property
    def is_enough(self) -> bool:
        """Whether there are enough companies to say a share."""
        return self.n >= FEWEST

    @property
    def share(self) -> float | None:
        """The part that was won; None: too few to say."""
        return self.won / self.n if self.is_enough else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the share."""
        if not self.n:
            return 0.0, 1.0
        share, spread = self.won / self.n, Z95**2 / self.n
        middle = share + spread / 2
        half = math.sqrt(spread * (share * (1 - share) + spread / 4))
        return max(0.0, (middle - half) / (1 + spread)), min(1.0, (middle + half) / (1 + spread))

    def as_json(self) -> dict[str, Any]:
        """The keys that other programs may rely on; `rate` is null where there are too few."""
        low, high = self.interval
        return {
            "n": self.n,
            "won": self.won,
            "rate": None if self.share is None else round(self.share, 4),
            "low": round(low, 4) if self.is_enough else None,
            "high": round(high, 4) if self.is_enough else None,
        }
