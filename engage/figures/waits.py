"""How long companies stay at a step, with those that still wait there: Kaplan and Meier's median."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from leads.shares import FEWEST

#: Of the normal distribution, for an interval of 95 %.
_Z = 1.959963984540054
#: Half of the companies; products of shares are off by a little.
_HALF = 0.5 + 1e-9
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """The days after which half of the companies at a step have moved on."""

    companies: int
    #: Those of them that have not moved on yet.
    waiting: int
    #: None: too few to say, or less than half have moved on so far.
    median: float | None = None
    #: The 95 % interval; None where it has no end so far.
    low: float | None = None
    high: float | None = None
    #: Why there is no median.
    why_none: str = ""


def wait(moved: Sequence[timedelta], still: Sequence[timedelta]) -> Wait | None:
    """The median stay of companies: how long those that moved on had stayed, and how long those that
    still wait have stayed so far. None without any company.
    """
    size = len(moved) + len(still)
    if not size:
        return None
    if size < FEWEST:
        return Wait(companies=size, waiting=len(still), why_none="too few to say")
    curve = _curve([one / _DAY for one in moved], [one / _DAY for one in still])
    median = next((point.at for point in curve if point.staying <= _HALF), None)
    return Wait(
        companies=size,
        waiting=len(still),
        median=median,
        low=next((point.at for point in curve if point.low <= _HALF), None),
        high=next((point.at for point in curve if point.high <= _HALF), None),
        why_none="" if median is not None else "less than half have moved on",
    )


@dataclass(frozen=True, slots=True)
class _Point:
    """The share that stays longer than some days, with its 95 % interval."""

    at: float
    staying: float
    low: float
    high: float


def _curve(moved: Sequence[float], still: Sequence[float]) -> list[_Point]:
    """The share that stays, at each time at which a company moved on; one that waited exactly as long
    counts as still there.
    """
    every, points = sorted([*moved, *still]), []
    staying, spread = 1.0, 0.0
    for at, number in sorted(Counter(moved).items()):
        at_risk = len(every) - bisect_left(every, at)
        left = at_risk - number
        staying *= left / at_risk
        if left:
            # Greenwood's sum.
            spread += number / (at_risk * left)
        points.append(_Point(at, staying, *_interval(staying, spread)))
    return points


def _interval(share: float, variance: float) -> tuple[float, float]:
    """The 95 % interval of a share, by the logarithm of its logarithm: it stays between 0 and 1."""
    if share <= 0:
        return 0.0, 0.0
    half = _Z * math.sqrt(variance) / -math.log(share)
    return share ** math.exp(half), share ** math.exp(-half)
