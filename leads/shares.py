"""Shares of counts with their 95 % intervals; a share of few says nothing."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

#: A share of fewer is not stated.
FEWEST = 20
#: Of the normal distribution, for an interval of 95 %.
_Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a number; the share and its bounds are None when the number is too small."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        """The share, from 0 to 1."""
        return self.count / self.of if self.of >= FEWEST else None

    @property
    def low(self) -> float | None:
        """The lower bound of the 95 % interval."""
        return wilson(self.count, self.of)[0] if self.of >= FEWEST else None

    @property
    def high(self) -> float | None:
        """The upper bound of the 95 % interval."""
        return wilson(self.count, self.of)[1] if self.of >= FEWEST else None

    @property
    def range(self) -> str:
        """The interval in words: `8.1–12.3%`; empty when there are too few."""
        if self.of < FEWEST:
            return ""
        low, high = wilson(self.count, self.of)
        return f"{_percent(low)}–{_percent(high)}%"

    def __str__(self) -> str:
        if self.value is None:
            return "too few to say"
        return f"{_percent(self.value)}%"


def wilson(count: int, of: int) -> tuple[float, float]:
    """The Wilson 95 % interval of `count` among `of`, which must be above 0."""
    share, square = count / of, _Z * _Z / of
    middle = share + square / 2
    spread = _Z * sqrt(share * (1 - share) / of + square / of / 4)
    low, high = (middle - spread) / (1 + square), (middle + spread) / (1 + square)
    return (0.0 if count == 0 else low), (1.0 if count == of else high)


def _percent(share: float) -> str:
    """A share in per cent: one digit after the point below 10, where it matters."""
    percent = share * 100
    return f"{percent:.1f}" if percent < 9.95 else f"{percent:.0f}"
