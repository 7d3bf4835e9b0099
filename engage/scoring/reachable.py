"""Temperatures and qualifications that no company can ever have."""

from __future__ import annotations

import math
from collections.abc import Iterator

from engage.scoring.scoring import Rule, Scoring, Way

_DAY = 86_400.0


def out_of_reach(scoring: Scoring) -> Iterator[tuple[str, str]]:
    """What cannot be reached: the way to it in the file, and why."""
    most = most_points(scoring)
    floors = {one.temperature for one in scoring.temperatures.floors}
    if most < scoring.temperatures.warm.enter and not floors:
        yield "temperature.warm", f"cannot be reached: {_at_most(most)}"
    elif most < scoring.temperatures.hot.enter and "hot" not in floors:
        yield "temperature.hot", f"cannot be reached: {_at_most(most)}"

    reached = _reached(scoring, most)
    for name in scoring.qualifications:
        if name not in reached:
            yield f"qualifications.{name}", f"cannot be reached: {_why(scoring, name, most)}"


def most_points(scoring: Scoring) -> float:
    """The highest sum that signals every day can lead to; infinite without a cap."""
    return math.fsum(_most(scoring, rule) for rule in scoring.rules if rule.points > 0)


def _most(scoring: Scoring, rule: Rule) -> float:
    if rule.per_day is None:
        return math.inf
    weight = max((float(one) for one in scoring.people_weights.values()), default=1.0)
    kind = scoring.kinds.by_name[rule.kind]
    weight = max(weight, 1.0) * float(scoring.stage_weights.get(kind.stage, 1))
    # The signals of two days may come within a moment around midnight.
    each = float(rule.points) * weight * rule.per_day
    fades = math.exp2(-_DAY / rule.half_life.total_seconds())
    return each + each / (1 - fades)


def _reached(scoring: Scoring, most: float) -> set[str]:
    """The qualifications that can be reached, found from those that need no other."""
    reached: set[str] = set()
    while True:
        more = {
            name
            for name, ways in scoring.qualifications.items()
            if any(_is_open(scoring, way, most, reached) for way in ways)
        }
        if more == reached:
            return reached
        reached = more


def _is_open(scoring: Scoring, way: Way, most: float, reached: set[str]) -> bool:
    if way.after is not None and way.after not in reached:
        return False
    if way.engagement is not None and (way.engagement > 100 or most < way.engagement - 0.5):
        return False
    return way.signals is None or not way.signals.kinds.isdisjoint(scoring.kinds.by_name)


def _why(scoring: Scoring, name: str, most: float) -> str:
    asked = [way.engagement for way in scoring.qualifications[name] if way.engagement is not None]
    if any(one > 100 for one in asked):
        return "engagement ends at 100"
    if any(most < one - 0.5 for one in asked):
        return _at_most(most)
    return "it comes after itself, or after one that cannot be reached"


def _at_most(most: float) -> str:
    if not most:
        return "no rule gives points"
    return f"the caps of the rules allow {math.floor(most)} points at most"
