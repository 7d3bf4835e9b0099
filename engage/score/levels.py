"""Which companies are warm and hot at a moment, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from engage.score.entries import Counted
from engage.score.temperature import NEVER, Span, Step, next_change, span_at, spans
from engage.scoring.scoring import MICRO, Scoring, Threshold
from engage.signals.table import SECOND, Flags, Floats, Ints

#: Nearer to a threshold than this part of it, a company is followed from signal to signal.
_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class AtLevel:
    """Which companies are at a level, until when, and when that changes next by itself."""

    is_on: Flags
    #: In microseconds since 1970.
    until: Ints
    changes: Ints


@dataclass(frozen=True, slots=True)
class Levels:
    """The companies that are warm, hot, and disqualified."""

    warm: AtLevel
    hot: AtLevel
    out: AtLevel


@dataclass(frozen=True, slots=True)
class _Ledgers:
    """The entries of all companies as columns, by company and time."""

    company: Ints
    at: Ints
    #: The place of the half-life.
    group: Ints
    points: Floats
    #: Where the entries of each company start; one more at the end.
    starts: Ints
    half_lives: tuple[float, ...]
    size: int


def levels(counted: Counted, scoring: Scoring) -> Levels:
    """The temperature of every company of a table."""
    ledgers = _ledgers(counted, scoring)
    temperatures = scoring.temperatures
    floors = _floors(counted, scoring)
    return Levels(
        _at_level(ledgers, temperatures.warm, counted.at, floors["warm"]),
        _at_level(ledgers, temperatures.hot, counted.at, floors["hot"]),
        _out(ledgers, scoring, counted.at),
    )


def _out(ledgers: _Ledgers, scoring: Scoring, at: int) -> AtLevel:
    """Which companies fell to `disqualify_at`: the level of a sum whose signs are turned round."""
    enter, leave = scoring.disqualify_at, scoring.requalify_at
    if enter is None:
        return _nobody(ledgers.size)
    turned = replace(ledgers, points=-ledgers.points)
    if leave is not None:
        return _at_level(turned, Threshold(float(-enter), float(-leave)), at, {})
    found, level = _nobody(ledgers.size), Threshold(float(-enter), float(-enter))
    for company in np.flatnonzero(_most(turned) >= level.enter).tolist():
        some = spans(_steps(turned, company), turned.half_lives, level)
        found.is_on[company] = bool(some) and some[0][0] <= at
    return found


def _nobody(size: int) -> AtLevel:
    return AtLevel(
        np.zeros(size, dtype=np.bool_),
        np.full(size, NEVER, dtype=np.int64),
        np.full(size, NEVER, dtype=np.int64),
    )


def _most(ledgers: _Ledgers) -> Floats:
    """The sum that each company would have, were nothing taken away and did nothing fade."""
    gained = np.maximum(ledgers.points, 0)
    return np.bincount(ledgers.company, weights=gained, minlength=ledgers.size).astype(np.float64)


def _ledgers(counted: Counted, scoring: Scoring) -> _Ledgers:
    table, entries = counted.table, counted.entries
    company = table.company[entries.signal]
    size = len(table.companies)
    places = {length: place for place, length in enumerate(scoring.half_lives)}
    groups = np.array([places[rule.half_life] for rule in scoring.rules], dtype=np.int64)
    return _Ledgers(
        company=company,
        at=table.at[entries.signal],
        group=groups[entries.rule],
        points=entries.points / MICRO,
        starts=np.searchsorted(company, np.arange(size + 1)),
        half_lives=tuple(one.total_seconds() for one in scoring.half_lives),
        size=size,
    )


def _at_level(
    ledgers: _Ledgers, level: Threshold, at: int, floors: dict[int, list[Span]]
) -> AtLevel:
    found = _nobody(ledgers.size)
    for company in _to_follow(ledgers, level, at, floors, found):
        some = spans(_steps(ledgers, company), ledgers.half_lives, level, floors.get(company, ()))
        span = span_at(some, at)
        found.is_on[company] = span is not None
        found.until[company] = span[1] if span else NEVER
        change = next_change(some, at)
        found.changes[company] = NEVER if change is None else change
    return found


def _to_follow(
    ledgers: _Ledgers, level: Threshold, at: int, floors: dict[int, list[Span]], found: AtLevel
) -> list[int]:
    """The companies to follow from signal to signal; the others are decided by one sum."""
    may_be = _most(ledgers) >= level.enter * (1 - _NEAR)
    if len(ledgers.half_lives) == 1:
        may_be &= ~_decided(ledgers, level, at, floors, found)
    may_be[list(floors)] = True
    return np.flatnonzero(may_be).tolist()


def _decided(
    ledgers: _Ledgers, level: Threshold, at: int, floors: dict[int, list[Span]], found: AtLevel
) -> Flags:
    """Decide the companies that are clearly at the level, or clearly below where it ends."""
    half_life = ledgers.half_lives[0]
    last = np.zeros(ledgers.size, dtype=np.int64)
    last[ledgers.company] = ledgers.at
    age = (last[ledgers.company] - ledgers.at) / SECOND
    amount = np.bincount(
        ledgers.company, weights=ledgers.points * np.exp2(-age / half_life), minlength=ledgers.size
    )
    now = amount * np.exp2(-((at - last) / SECOND) / half_life)
    is_on = now >= level.enter * (1 + _NEAR)
    is_off = now < level.leave * (1 - _NEAR)
    is_on[list(floors)] = False

    places = np.flatnonzero(is_on)
    after = np.ceil(half_life * np.log2(amount[places] / level.leave)).astype(np.int64)
    found.is_on[places] = True
    found.until[places] = last[places] + after * SECOND
    found.changes[places] = found.until[places]
    decided: Flags = is_on | is_off
    return decided


def _steps(ledgers: _Ledgers, company: int) -> list[Step]:
    """The points of one company, moment by moment."""
    found: dict[int, list[float]] = {}
    for place in range(int(ledgers.starts[company]), int(ledgers.starts[company + 1])):
        points = found.setdefault(int(ledgers.at[place]), [0.0] * len(ledgers.half_lives))
        points[int(ledgers.group[place])] += float(ledgers.points[place])
    return [Step(at, tuple(points)) for at, points in found.items()]


def _floors(counted: Counted, scoring: Scoring) -> dict[str, dict[int, list[Span]]]:
    """The times for which signals keep companies warm or hot, by level and company."""
    found: dict[str, dict[int, list[Span]]] = {"warm": {}, "hot": {}}
    for level, company, span in _kept(counted, scoring):
        found[level].setdefault(company, []).append(span)
    return found


def _kept(counted: Counted, scoring: Scoring) -> Iterator[tuple[str, int, Span]]:
    table = counted.table
    for floor in scoring.temperatures.floors:
        length = int(floor.lasts.total_seconds()) * SECOND
        for place in counted.of_kinds(scoring.kinds, {floor.kind}).tolist():
            at = int(table.at[place])
            for level in ("warm", "hot") if floor.temperature == "hot" else ("warm",):
                yield level, int(table.company[place]), (at, at + length)
