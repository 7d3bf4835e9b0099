"""Which qualifications companies have: yes, no, or unknown while something is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from engage.score.entries import Counted
from engage.score.scores import TEMPERATURES, Scores
from engage.scoring.scoring import Scoring, SignalCount, Way
from engage.signals.table import SECOND, Flags, Ints

GRADES = ("C", "B", "A")


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of the companies beside their signals; what is left out is unknown."""

    #: The lowest and highest grade of fit that is possible, as places in `GRADES`.
    fit_worst: Ints | None = None
    fit_best: Ints | None = None
    #: The replies to each question of the checklist, company by company.
    checklist: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Met:
    """For which companies a condition is met, and for which it is not; both false: unknown."""

    yes: Flags
    no: Flags


def qualify(scores: Scores, scoring: Scoring, beside: Beside | None = None) -> dict[str, Met]:
    """Decide every qualification of the file for every company."""
    found: dict[str, Met] = {}
    # In a loop, which the check of the file names, nothing can be met.
    never = _flags(np.zeros(len(scores.sums), dtype=np.bool_))
    for name in _in_order(scoring.qualifications):
        ways = [
            _way(scores, scoring, way, beside or Beside(), found.get(way.after or "", never))
            for way in scoring.qualifications[name]
        ]
        found[name] = Met(
            np.logical_or.reduce([one.yes for one in ways]),
            np.logical_and.reduce([one.no for one in ways]),
        )
    return {name: found[name] for name in scoring.qualifications}


def _in_order(every: Mapping[str, Sequence[Way]]) -> list[str]:
    """The qualifications, each behind those it comes after; what is in a loop comes last."""
    order: list[str] = []
    waiting = list(every)
    while waiting:
        ready = [
            name
            for name in waiting
            if all(way.after is None or way.after not in waiting for way in every[name])
        ]
        order += ready or waiting
        waiting = [name for name in waiting if name not in order]
    return order


def _way(scores: Scores, scoring: Scoring, way: Way, beside: Beside, earlier: Met) -> Met:
    conditions = [_flags(np.ones(len(scores.sums), dtype=np.bool_))]
    if way.after is not None:
        conditions.append(earlier)
    if way.engagement is not None:
        conditions.append(_flags(scores.engagement >= way.engagement))
    if way.temperature is not None:
        conditions.append(_flags(scores.temperature >= TEMPERATURES.index(way.temperature)))
    if way.signals is not None:
        conditions.append(_flags(_counts(scores.counted, scoring, way.signals)))
    if way.fit is not None:
        conditions.append(_fit(len(scores.sums), way.fit, beside))
    conditions += [
        _reply(len(scores.sums), replies, beside.checklist.get(question))
        for question, replies in way.checklist.items()
    ]
    return Met(
        np.logical_and.reduce([one.yes for one in conditions]),
        np.logical_or.reduce([one.no for one in conditions]),
    )


def _flags(met: Flags) -> Met:
    return Met(met, ~met)


def _counts(counted: Counted, scoring: Scoring, wanted: SignalCount) -> Flags:
    """Which companies have enough signals that no machine caused."""
    table = counted.table
    some = counted.of_kinds(scoring.kinds, wanted.kinds)
    if wanted.within is not None:
        since = counted.at - int(wanted.within.total_seconds()) * SECOND
        some = some[table.at[some] >= since]
    counts = np.bincount(table.company[some], minlength=len(table.companies))
    found: Flags = counts >= wanted.at_least
    return found


def _fit(size: int, wanted: str, beside: Beside) -> Met:
    if beside.fit_worst is None or beside.fit_best is None:
        return _unknown(size)
    least = GRADES.index(wanted)
    return Met(beside.fit_worst >= least, beside.fit_best < least)


def _reply(size: int, wanted: frozenset[str], replies: Sequence[str] | None) -> Met:
    if replies is None:
        return _unknown(size)
    yes = np.array([reply in wanted for reply in replies], dtype=np.bool_)
    is_open = np.array([reply == "unknown" for reply in replies], dtype=np.bool_)
    return Met(yes, ~yes & ~is_open)


def _unknown(size: int) -> Met:
    nothing = np.zeros(size, dtype=np.bool_)
    return Met(nothing, nothing)
