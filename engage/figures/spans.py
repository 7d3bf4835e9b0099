"""How long companies stay at a step: the median, and what nine in ten stay below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from leads.shares import FEWEST

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """The days that companies stayed at a step before they went on."""

    #: How many went on of which both times are known.
    companies: int
    median: float
    #: None: too few to say.
    p90: float | None

    def __str__(self) -> str:
        return f"{self.median:,.1f}"


def span(times: Sequence[timedelta]) -> Span | None:
    """Median and 90th percentile of some times; None without any."""
    if not times:
        return None
    days = sorted(one / _DAY for one in times)
    high = percentile(days, 0.9) if len(days) >= FEWEST else None
    return Span(len(days), percentile(days, 0.5), high)


def percentile(ordered: Sequence[float], share: float) -> float:
    """The value below which a share of ascending numbers lies, between neighbours in proportion."""
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
