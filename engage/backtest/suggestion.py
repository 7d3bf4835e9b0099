"""The points that outcomes would give each rule, beside those that it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

import numpy as np

from engage.backtest.closed import Closed
from engage.backtest.reach import Reach, reach
from engage.backtest.ridge import ridge
from engage.backtest.signals import before_outcome
from engage.predict.measures import Z95, gain_low
from engage.score.entries import count_until
from engage.score.scores import left_over
from engage.scoring.scoring import MICRO, Scoring
from engage.signals.table import Flags, Floats, SignalTable
from leads.shares import FEWEST

#: Fewer closed, won or lost companies than these teach nothing.
MIN_CLOSED, MIN_EACH = 200, 30
#: The part that is learned from when the points are tried; the rest came later.
_LEARNED = 0.7
_MOST = 10_000
Verdict = Literal["suggest", "keep", "refuse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePoints:
    """One rule with its points and those that are suggested."""

    rule: str
    signal: str
    points: Decimal
    suggested: Decimal
    #: The 95 % interval of what outcomes say; None: they say nothing of this rule.
    low: float | None = None
    high: float | None = None
    #: Closed companies with points by it before their outcome.
    n: int
    #: Why its points stay as they are; empty: they were learned.
    kept: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Points by outcomes, and whether they order later companies better."""

    verdict: Verdict
    why: str
    rules: Sequence[RulePoints] = ()
    #: Both on the last 30 % in time, with points that were learned from the rest.
    reach: Reach | None = None
    suggested_reach: Reach | None = None

    @property
    def points(self) -> Mapping[str, Decimal]:
        """The suggested points that differ, by rule."""
        return {one.rule: one.suggested for one in self.rules if one.suggested != one.points}


def suggest(table: SignalTable, scoring: Scoring, closed: Closed) -> Suggestion:
    """Learn points from the signals before each outcome."""
    wins = int(closed.won.sum())
    if len(closed) < MIN_CLOSED or min(wins, len(closed) - wins) < MIN_EACH:
        why = (
            f"{len(closed)} closed companies, {wins} won: at least {MIN_CLOSED} closed,"
            f" {MIN_EACH} won and {MIN_EACH} lost are needed"
        )
        return Suggestion(verdict="refuse", why=why)
    amounts = _amounts(table, scoring, closed)
    rules = _points(scoring, amounts, closed.won)
    if all(one.kept for one in rules):
        why = f"no rule counts signals of {FEWEST} closed companies"
        return Suggestion(verdict="refuse", why=why, rules=rules)
    return _tried(scoring, amounts, closed.won, rules)


def with_points(scoring: Scoring, points: Mapping[str, Decimal]) -> Scoring:
    """The next version of a scoring, with other points."""
    rules = tuple(replace(one, points=points.get(one.name, one.points)) for one in scoring.rules)
    return replace(scoring, version=scoring.version + 1, rules=rules)


def _tried(
    scoring: Scoring, amounts: Floats, won: Flags, rules: Sequence[RulePoints]
) -> Suggestion:
    learned = round(len(won) * _LEARNED)
    early = _points(scoring, amounts[:learned], won[:learned])
    later, outcome = amounts[learned:], won[learned:]
    present = later @ _as_floats([one.points for one in rules])
    wanted = later @ _as_floats([one.suggested for one in early])
    now_is, would_be = reach(present, outcome), reach(wanted, outcome)
    verdict, why = _judged(now_is, would_be, gain_low(wanted, present, outcome))
    return Suggestion(verdict=verdict, why=why, rules=rules, reach=now_is, suggested_reach=would_be)


def _judged(now_is: Reach | None, would_be: Reach | None, gained: float) -> tuple[Verdict, str]:
    if now_is is None or would_be is None:
        return "keep", "the last 30 % of the outcomes are too few to say"
    figures = f"AUC {would_be.auc:.2f} with learned points, {now_is.auc:.2f} with those in force"
    if gained <= 0:
        return "keep", f"on later companies no gain is certain: {figures}"
    return "suggest", f"on later companies learned points order better: {figures}"


def _amounts(table: SignalTable, scoring: Scoring, closed: Closed) -> Floats:
    """What is left of the signals of each company by each rule, for one point each."""
    until = before_outcome(closed, len(table.companies))
    # One point a signal: what a rule without points counts is learned too.
    alike = replace(scoring, rules=tuple(replace(one, points=Decimal(1)) for one in scoring.rules))
    counted = count_until(table, alike, until)
    company = table.company[counted.entries.signal]
    left = np.abs(left_over(counted, alike, until[company])) / MICRO
    # A row for each closed company, and none for the others: they have no entries.
    row = np.zeros(len(until), dtype=np.int64)
    row[closed.places] = np.arange(len(closed))
    found = np.zeros((len(closed), len(scoring.rules)))
    np.add.at(found, (row[company], counted.entries.rule), left)
    return found


def _points(scoring: Scoring, amounts: Floats, won: Flags) -> list[RulePoints]:
    counts = np.count_nonzero(amounts, axis=0)
    kept = [
        _kept(rule.suppress, int(count)) for rule, count in zip(scoring.rules, counts, strict=True)
    ]
    learned = [place for place, why in enumerate(kept) if not why]
    weights, errors = np.zeros(len(kept)), np.zeros(len(kept))
    if learned:
        fitted = ridge(amounts[:, learned], won)
        weights[learned], errors[learned] = fitted.weights, fitted.errors
    scale = _scale(scoring, amounts, weights, learned)

    found = []
    for place, rule in enumerate(scoring.rules):
        middle, half = scale * weights[place], scale * Z95 * errors[place]
        found.append(
            RulePoints(
                rule=rule.name,
                signal=rule.kind,
                points=rule.points,
                suggested=rule.points if kept[place] else _rounded(middle),
                low=None if kept[place] else round(middle - half, 2),
                high=None if kept[place] else round(middle + half, 2),
                n=int(counts[place]),
                kept=kept[place],
            )
        )
    return found


def _kept(suppress: str | None, count: int) -> str:
    if suppress is not None:
        return "it suppresses"
    return "too few to say" if count < FEWEST else ""


def _scale(scoring: Scoring, amounts: Floats, weights: Floats, learned: Sequence[int]) -> float:
    """Points for one of log-odds: as many points are given in all as now, so that thresholds keep
    their meaning.
    """
    points = np.abs(_as_floats([one.points for one in scoring.rules]))
    given = amounts.sum(axis=0)
    now_is = float((given * points)[learned].sum())
    would_be = float((given * np.abs(weights))[learned].sum())
    return now_is / would_be if would_be else 0.0


def _rounded(points: float) -> Decimal:
    """Whole points; below one, tenths."""
    places = 0 if abs(points) >= 1 else 1
    return Decimal(str(round(max(-_MOST, min(_MOST, points)), places))).normalize() + 0


def _as_floats(points: Sequence[Decimal]) -> Floats:
    return np.array([float(one) for one in points])
