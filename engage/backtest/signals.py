"""What the score and the signals of companies said before their outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engage.backtest.closed import Closed
from engage.backtest.rates import Rate
from engage.backtest.reach import UNSAID, Band, Reach, bands, reach
from engage.score.entries import Counted, count_until
from engage.score.scores import left_over, rounded
from engage.scoring.scoring import MICRO, Scoring
from engage.signals.table import Flags, Ints, SignalTable

#: The ranges of engagement.
_EDGES = (0, 1, 10, 20, 30, 40, 50, 60, 70, 80, 90, 101)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfSignal:
    """The companies that gave a kind of signal before their outcome, and the others."""

    signal: str
    #: The rules that count it, each with its points.
    rules: Sequence[str]
    points: Sequence[float]
    having: Rate
    others: Rate

    @property
    def coverage(self) -> float:
        """The part of the closed companies that gave it."""
        return self.having.n / (self.having.n + self.others.n)

    def as_json(self) -> dict[str, Any]:
        """The keys that other programs may rely on."""
        return {
            "signal": self.signal,
            "rules": list(self.rules),
            "points": list(self.points),
            **self.having.as_json(),
            "coverage": round(self.coverage, 4),
            "others": self.others.as_json(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalsTried:
    """A scoring file, tried on companies with an outcome."""

    closed: Rate
    #: None: too few companies to say.
    reach: Reach | None
    bands: Sequence[Band]
    signals: Sequence[OfSignal]

    def as_json(self) -> dict[str, Any]:
        """The keys that other programs may rely on."""
        return {
            "closed": self.closed.as_json(),
            **(self.reach.as_json() if self.reach else UNSAID),
            "calibration": [one.as_json() for one in self.bands if one.rate.n],
            "signals": [one.as_json() for one in self.signals],
        }


def before_outcome(closed: Closed, companies: int) -> Ints:
    """The last moment that counts for each company: just before its outcome; none for the others."""
    until = np.full(max(companies, 1), -1, dtype=np.int64)
    until[closed.places] = closed.at - 1
    return until


def try_signals(table: SignalTable, scoring: Scoring, closed: Closed) -> SignalsTried:
    """Score each company just before its outcome, and compare with the outcome."""
    until = before_outcome(closed, len(table.companies))
    counted = count_until(table, scoring, until)
    sums = _sums(counted, scoring, until)[closed.places]
    found = rounded(sums).astype(np.float64)
    return SignalsTried(
        closed=Rate(len(closed), int(closed.won.sum())),
        reach=reach(sums / MICRO, closed.won),
        bands=bands(found, closed.won, _EDGES),
        signals=_signals(counted, scoring, closed),
    )


def _sums(counted: Counted, scoring: Scoring, until: Ints) -> Ints:
    company = counted.table.company[counted.entries.signal]
    now = left_over(counted, scoring, until[company])
    return np.bincount(company, weights=now, minlength=len(until)).astype(np.int64)


def _signals(counted: Counted, scoring: Scoring, closed: Closed) -> list[OfSignal]:
    """Every kind that a rule counts or a company gave, the ones with points first."""
    has = _having(counted, scoring)
    rules: dict[str, list[int]] = {}
    for place, rule in enumerate(scoring.rules):
        rules.setdefault(rule.kind, []).append(place)

    found = []
    for name in [*rules, *sorted(has.keys() - rules.keys())]:
        having = has[name][closed.places] if name in has else np.zeros(len(closed), dtype=np.bool_)
        some = [scoring.rules[place] for place in rules.get(name, ())]
        found.append(
            OfSignal(
                signal=name,
                rules=[one.name for one in some],
                points=[float(one.points) for one in some],
                having=_rate(closed, having),
                others=_rate(closed, ~having),
            )
        )
    return found


def _having(counted: Counted, scoring: Scoring) -> dict[str, Flags]:
    """Which companies gave each kind of signal."""
    table, size = counted.table, len(counted.table.companies)
    found: dict[str, Flags] = {}
    for place, word in enumerate(table.kinds):
        name = scoring.kinds.name_of(word)
        some = counted.people[table.kind[counted.people] == place]
        if name is not None and len(some):
            gave = found.setdefault(name, np.zeros(max(size, 1), dtype=np.bool_))
            gave[table.company[some]] = True
    return found


def _rate(closed: Closed, which: Flags) -> Rate:
    return Rate(int(which.sum()), int(np.count_nonzero(closed.won & which)))
