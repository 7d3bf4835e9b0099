"""Heat: the logarithm of a sum in which fading is left out, so that its order never changes."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from engage.score.scores import Scores
from engage.score.temperature import NEVER
from engage.scoring.scoring import MICRO, Scoring
from engage.signals.table import SECOND, moment


def heat(scores: Scores, scoring: Scoring) -> list[float | None]:
    """log2 of each sum, plus the moment in half-lives since 1970; None for a sum of 0 or less.

    Two companies compare by heat as their sums do, at any later moment. With several half-lives
    that holds until one of them is scored again.
    """
    half_lives = scores.counted.at / SECOND / scoring.half_life.total_seconds()
    sums = scores.sums.astype(np.float64) / MICRO
    found = np.log2(np.where(sums > 0, sums, 1.0)) + half_lives
    return [
        value if total > 0 else None
        for value, total in zip(found.tolist(), sums.tolist(), strict=True)
    ]


def changes_at(scores: Scores) -> list[datetime | None]:
    """When each company gets another temperature, or is back in, by itself; None: never."""
    levels = scores.levels
    soonest = np.minimum(levels.warm.changes, levels.hot.changes)
    first = np.minimum(soonest, levels.out.changes).tolist()
    return [None if at >= NEVER else moment(at) for at in first]
