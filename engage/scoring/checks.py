"""Mistakes in a scoring file as a whole: words no kind has, levels out of reach, points that cancel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from engage.handover.stages import LeadStage
from engage.scoring.reachable import out_of_reach
from engage.scoring.scoring import Rule, Scoring

#: More would make the order of companies change by itself in too many ways.
MOST_HALF_LIVES = 3


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to change or to know, and the way to it in the file: `rules.quote.points`."""

    level: Literal["problem", "warning"]
    path: str
    message: str


def remarks(scoring: Scoring) -> list[Remark]:
    """Everything that is wrong with a file, problems first."""
    found = [
        *_thresholds(scoring),
        *_kinds(scoring),
        *_half_lives(scoring),
        *_points(scoring),
        *_qualifications(scoring),
    ]
    if not any(one.level == "problem" for one in found):
        found += [Remark("problem", path, message) for path, message in out_of_reach(scoring)]
    return sorted(found, key=lambda one: one.level)


def _thresholds(scoring: Scoring) -> Iterator[Remark]:
    warm, hot = scoring.temperatures.warm, scoring.temperatures.hot
    here = "temperature.hysteresis"
    if hot.enter <= warm.enter:
        yield Remark("problem", "temperature.hot", "must be higher than `warm`")
    elif hot.leave < warm.enter:
        yield Remark(
            "problem",
            here,
            f"is too large: a company would be hot down to {hot.leave:g}, below `warm`",
        )
    if warm.leave <= 0:
        yield Remark("problem", here, "must be smaller than `warm`, or nobody becomes cold again")
    if warm.leave == warm.enter:
        yield Remark(
            "warning",
            here,
            "is 0: a company close to a threshold changes its temperature with every signal",
        )
    yield from _disqualified(scoring)
    if scoring.grades["A"] <= scoring.grades["B"]:
        yield Remark("problem", "grades.A", "must be higher than `B`")


def _disqualified(scoring: Scoring) -> Iterator[Remark]:
    out, back = scoring.disqualify_at, scoring.requalify_at
    if out is None and back is not None:
        yield Remark("problem", "requalify_at", "needs `disqualify_at`")
    if out is not None and back is not None and back < out:
        yield Remark("problem", "requalify_at", "must not be lower than `disqualify_at`")
    if out is not None and out == back:
        yield Remark(
            "warning",
            "requalify_at",
            "is `disqualify_at`: a company close to it goes out and back with every signal",
        )
    if out is not None and all(rule.points >= 0 for rule in scoring.rules):
        yield Remark("problem", "disqualify_at", "is out of reach: no rule takes points away")


def _kinds(scoring: Scoring) -> Iterator[Remark]:
    for rule in scoring.rules:
        yield from _kind(scoring, f"rules.{rule.name}.signal", rule.kind)
    for place, floor in enumerate(scoring.temperatures.floors):
        yield from _kind(scoring, f"temperature.floors.{place}.signal", floor.kind)
    for name, ways in scoring.qualifications.items():
        for place, way in enumerate(ways):
            for kind in sorted(way.signals.kinds) if way.signals else ():
                yield from _kind(scoring, f"qualifications.{name}.{place}.signals.of", kind)


def _kind(scoring: Scoring, path: str, kind: str) -> Iterator[Remark]:
    if kind not in scoring.kinds.by_name:
        near = scoring.kinds.nearest(kind)
        yield Remark(
            "problem", path, f"there is no kind {kind}{near}; `kinds:` adds one of your own"
        )


def _half_lives(scoring: Scoring) -> Iterator[Remark]:
    lives = scoring.half_lives
    if len(lives) > MOST_HALF_LIVES:
        yield Remark(
            "problem",
            "rules",
            f"have {len(lives)} half-lives; at most {MOST_HALF_LIVES} are allowed",
        )
    positive = [one.half_life for one in scoring.rules if one.points > 0]
    negative = [one for one in scoring.rules if one.points < 0]
    for rule in negative:
        if positive and rule.half_life < max(positive):
            yield Remark(
                "warning",
                f"rules.{rule.name}",
                "fades faster than points it takes away: a company becomes warmer by itself",
            )


def _points(scoring: Scoring) -> Iterator[Remark]:
    for place, rule in enumerate(scoring.rules):
        here = f"rules.{rule.name}.points"
        if not rule.points and not rule.suppress:
            yield Remark("problem", here, "are 0, so the rule changes nothing")
        for earlier in scoring.rules[:place]:
            if earlier.kind == rule.kind and _overlap(earlier, rule):
                yield from _twice(here, earlier, rule)


def _twice(here: str, earlier: Rule, rule: Rule) -> Iterator[Remark]:
    if rule.points and rule.points == -earlier.points and rule.half_life == earlier.half_life:
        yield Remark("problem", here, f"and those of {earlier.name} cancel each other")
    elif (rule.points < 0) != (earlier.points < 0):
        yield Remark("warning", here, f"take away what {earlier.name} gives for the same signal")
    elif not rule.has_conditions and not earlier.has_conditions:
        yield Remark("warning", here, f"come on top of {earlier.name}, for the same signal")


def _overlap(one: Rule, other: Rule) -> bool:
    """Whether one signal may meet the conditions of both rules."""
    channels = not one.channels or not other.channels or one.channels & other.channels
    sources = not one.sources or not other.sources or one.sources & other.sources
    return bool(channels and sources)


def _qualifications(scoring: Scoring) -> Iterator[Remark]:
    for name, ways in scoring.qualifications.items():
        for place, way in enumerate(ways):
            here = f"qualifications.{name}.{place}.after"
            if way.after is not None and way.after not in scoring.qualifications:
                yield Remark("problem", here, f"there is no qualification {way.after}")
    known = {*scoring.qualifications, "cold", "warm", "hot", *LeadStage}
    for label in scoring.labels:
        if label not in known:
            yield Remark("problem", f"labels.{label}", f"nothing is called {label} here")
