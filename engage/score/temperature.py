"""When a company is warm or hot: a function of its signals alone, whenever it is asked."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engage.score.crossings import Group, crossings, slope, value
from engage.scoring.scoring import Threshold
from engage.signals.table import SECOND

#: A span in microseconds since 1970, without its end.
Span = tuple[int, int]
#: The end of a span that does not end.
NEVER = 2**62


@dataclass(frozen=True, slots=True)
class Step:
    """The points that one moment adds, by half-life; `at` is in microseconds since 1970."""

    at: int
    points: tuple[float, ...]


def spans(
    steps: Sequence[Step],
    half_lives: Sequence[float],
    level: Threshold,
    floors: Iterable[Span] = (),
) -> list[Span]:
    """When the sum is at the level: from reaching `enter` to passing below `leave`.

    The steps are in order of time; half-lives are in seconds. An end is rounded up to a second.
    """
    found: list[Span] = list(floors)
    amounts = [0.0] * len(half_lives)
    since: int | None = None
    for place, step in enumerate(steps):
        before = steps[place - 1].at if place else step.at
        amounts = _decayed(amounts, half_lives, (step.at - before) / SECOND)
        amounts = [held + more for held, more in zip(amounts, step.points, strict=True)]
        until = steps[place + 1].at if place + 1 < len(steps) else NEVER
        groups = [one for one in zip(amounts, half_lives, strict=True) if one[0]]
        since = _through(groups, step.at, until, level, since, found)
    if since is not None:
        found.append((since, NEVER))
    return joined(found)


def _through(
    groups: Sequence[Group],
    start: int,
    until: int,
    level: Threshold,
    since: int | None,
    found: list[Span],
) -> int | None:
    """Follow the sum from one signal to the next; since when it is at the level."""
    now = value(groups, 0.0)
    if since is not None and now < level.leave:
        found.append((since, start))
        since = None
    if since is None and now >= level.enter:
        since = start
    if since is None and not _may_rise(groups, level.enter):
        return None

    for at, begins in _passings(groups, start, until, level):
        if begins and since is None:
            since = at
        elif not begins and since is not None:
            found.append((since, at))
            since = None
    return since


def _passings(
    groups: Sequence[Group], start: int, until: int, level: Threshold
) -> Iterator[tuple[int, bool]]:
    """When the sum rises to where the level begins (true), or falls below where it ends."""
    length = math.inf if until == NEVER else (until - start) / SECOND
    moments = [(after, False) for after in crossings(groups, level.leave, length)]
    moments += [(after, True) for after in crossings(groups, level.enter, length)]
    for after, begins in sorted(moments):
        if (slope(groups, after) > 0) == begins:
            yield start + math.ceil(after) * SECOND, begins


def _may_rise(groups: Sequence[Group], level: float) -> bool:
    """Whether negative points that fade may let the sum reach a level by itself."""
    if len(groups) < 2 or all(points > 0 for points, _ in groups):
        return False
    return math.fsum(points for points, _ in groups if points > 0) >= level


def _decayed(amounts: Sequence[float], half_lives: Sequence[float], after: float) -> list[float]:
    return [
        held * 2.0 ** (-after / half_life)
        for held, half_life in zip(amounts, half_lives, strict=True)
    ]


def joined(some: Iterable[Span]) -> list[Span]:
    """The same spans in order, with those that overlap or touch made one; empty ones are left out."""
    found: list[Span] = []
    for start, end in sorted(some):
        if end <= start:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def span_at(some: Sequence[Span], at: int) -> Span | None:
    """The span that a moment is in."""
    return next((one for one in some if one[0] <= at < one[1]), None)


def next_change(some: Sequence[Span], at: int) -> int | None:
    """The first moment after `at` at which a span begins or ends; None: there is none."""
    edges = [edge for one in some for edge in one if at < edge < NEVER]
    return min(edges, default=None)
