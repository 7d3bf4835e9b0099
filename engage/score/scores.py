"""Score companies at a moment: the sum of each ledger, the temperature, and when that changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from engage.score.entries import Counted, count
from engage.score.levels import Levels, levels
from engage.scoring.scoring import MICRO, Scoring
from engage.signals.table import SECOND, Ints, SignalTable, moment

TEMPERATURES = ("cold", "warm", "hot")


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of all companies of a table, in the order of its companies."""

    counted: Counted
    #: In the order of the entries: the points that are left, in millionths.
    now: Ints
    #: In millionths of a point.
    sums: Ints
    levels: Levels

    @property
    def at(self) -> datetime:
        """The moment of the scores."""
        return moment(self.counted.at)

    @property
    def engagement(self) -> Ints:
        """The sums rounded half up and clamped to 0..100."""
        return rounded(self.sums)

    @property
    def temperature(self) -> Ints:
        """The places in `TEMPERATURES`."""
        found: Ints = np.where(self.levels.hot.is_on, 2, np.where(self.levels.warm.is_on, 1, 0))
        return found


def score(table: SignalTable, scoring: Scoring, at: datetime) -> Scores:
    """Score every company of a table."""
    counted = count(table, scoring, at)
    now = left_over(counted, scoring, counted.at)
    company = table.company[counted.entries.signal]
    # Sums of whole numbers below 2^53 are exact in any order.
    sums = np.bincount(company, weights=now, minlength=len(table.companies))
    return Scores(counted, now, sums.astype(np.int64), levels(counted, scoring))


def left_over(counted: Counted, scoring: Scoring, at: Ints | int) -> Ints:
    """The points of each entry that are left at a moment, in millionths; one for all, or one each."""
    age = (at - counted.table.at[counted.entries.signal]) / SECOND
    half_lives = np.array([rule.half_life.total_seconds() for rule in scoring.rules])
    decay = np.exp2(-age / half_lives[counted.entries.rule])
    found: Ints = np.rint(counted.entries.points * decay).astype(np.int64)
    return found


def rounded(sums: Ints) -> Ints:
    """Round millionths half up to whole points, clamped to 0..100."""
    found: Ints = np.clip((sums + MICRO // 2) // MICRO, 0, 100)
    return found
