"""When a sum of decaying points passes a level: arithmetic, without steps through time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

#: One group of points: how many there are at the start, and their half-life in seconds.
Group = tuple[float, float]
#: Halvings of an interval that find a crossing: an hour in ten years to a tenth of a millisecond.
_HALVINGS = 60


def value(groups: Sequence[Group], after: float) -> float:
    """The sum of the groups, so many seconds after the start."""
    return math.fsum(points * 2.0 ** (-after / half_life) for points, half_life in groups)


def slope(groups: Sequence[Group], after: float) -> float:
    """Whether the sum rises (positive) or falls (negative), so many seconds after the start."""
    return math.fsum(
        -points / half_life * 2.0 ** (-after / half_life) for points, half_life in groups
    )


def crossings(groups: Sequence[Group], level: float, until: float) -> list[float]:
    """The moments in (0, until) at which the sum is exactly at a positive level, in order.

    `until` may be infinite.
    """
    if len(groups) == 1:
        points, half_life = groups[0]
        found = half_life * math.log2(points / level) if points > level else 0.0
        return [found] if 0 < found < until else []

    end = min(until, _beyond(groups, level))
    terms = [(points, 1.0 / half_life) for points, half_life in groups]
    return _zeros([*terms, (-level, 0.0)], end)


def _beyond(groups: Sequence[Group], level: float) -> float:
    """A time after which the sum stays below the level."""
    most = math.fsum(points for points, _ in groups if points > 0)
    slowest = max(half_life for _, half_life in groups)
    return slowest * max(1.0, math.log2(most / level) + 1.0) if most > 0 else 0.0


def _zeros(terms: Sequence[tuple[float, float]], end: float) -> list[float]:
    """The zeros in (0, end) of a sum of points·2^(-rate·t).

    Divided by its slowest term and derived, the sum has one term less; between the zeros of that
    it rises or falls, and so it has one zero at most.
    """
    if len(terms) < 2:
        return []
    slowest = min(rate for _, rate in terms)
    shifted = [(points, rate - slowest) for points, rate in terms]
    derived = [(-points * rate, rate) for points, rate in shifted if rate > 0]
    edges = [0.0, *_zeros(derived, end), end]

    found = []
    for start, stop in pairwise(edges):
        low, high = _sum(shifted, start), _sum(shifted, stop)
        if (low < 0) != (high < 0):
            found.append(_between(shifted, start, stop))
    return [one for one in found if 0 < one < end]


def _between(terms: Sequence[tuple[float, float]], start: float, stop: float) -> float:
    is_below = _sum(terms, start) < 0
    for _ in range(_HALVINGS):
        middle = (start + stop) / 2
        if (_sum(terms, middle) < 0) == is_below:
            start = middle
        else:
            stop = middle
    return stop


def _sum(terms: Sequence[tuple[float, float]], after: float) -> float:
    return math.fsum(points * 2.0 ** (-rate * after) for points, rate in terms)
