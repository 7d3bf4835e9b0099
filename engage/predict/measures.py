"""Measures of a prediction: how well it orders, and whether its probabilities hold."""

from __future__ import annotations

import math

import numpy as np

from engage.predict.table import Flags, Floats

#: Of the standard normal distribution, for a two-sided interval of 95 %.
Z95 = 1.959964
#: Bins of fewer rows would measure chance.
_BIN_ROWS, _BINS = 100, 10


def midranks(values: Floats) -> Floats:
    """Ranks from 1; equal values share the middle of their ranks."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    found: Floats = (ends - (counts - 1) / 2)[inverse]
    return found


def auc(scores: Floats, won: Flags) -> float:
    """The chance that a won row scores above a lost one; ties count half. NaN without both."""
    wins, losses = int(won.sum()), int((~won).sum())
    if not wins or not losses:
        return math.nan
    above = midranks(scores)[won].sum() - wins * (wins + 1) / 2
    return float(above / (wins * losses))


def auc_low(scores: Floats, won: Flags) -> float:
    """The lower end of the 95 % interval of the AUC."""
    return auc_interval(scores, won)[0]


def auc_interval(scores: Floats, won: Flags) -> tuple[float, float]:
    """The 95 % interval of the AUC, by DeLong's variance; all of 0 to 1 with too few rows."""
    if min(int(won.sum()), int((~won).sum())) < 2:
        return 0.0, 1.0
    reach, half = auc(scores, won), _half(*_parts(scores, won))
    return max(0.0, reach - half), min(1.0, reach + half)


def gain_low(scores: Floats, before: Floats, won: Flags) -> float:
    """The lower end of the 95 % interval of what scores gain in AUC over others on the same rows;
    -1 with too few rows.
    """
    if min(int(won.sum()), int((~won).sum())) < 2:
        return -1.0
    pairs = zip(_parts(scores, won), _parts(before, won), strict=True)
    won_parts, lost_parts = (one - other for one, other in pairs)
    return float(won_parts.mean()) - _half(won_parts, lost_parts)


def _parts(scores: Floats, won: Flags) -> tuple[Floats, Floats]:
    """For each won row the part of the lost ones below it, for each lost row that of the won above."""
    wins, losses = scores[won], scores[~won]
    ranks = midranks(scores)
    won_parts = (ranks[won] - midranks(wins)) / len(losses)
    lost_parts = 1 - (ranks[~won] - midranks(losses)) / len(wins)
    return won_parts, lost_parts


def _half(won_parts: Floats, lost_parts: Floats) -> float:
    """Half of the 95 % interval."""
    variance = won_parts.var(ddof=1) / len(won_parts) + lost_parts.var(ddof=1) / len(lost_parts)
    return Z95 * math.sqrt(variance)


def calibration_error(chances: Floats, won: Flags) -> float:
    """The mean distance of chance and rate over bins of equally many rows (ECE).

    Ten bins, or fewer so that each has a hundred rows.
    """
    order = np.argsort(chances, kind="stable")
    bins = min(_BINS, max(1, len(order) // _BIN_ROWS))
    parts = np.array_split(order, bins)
    gaps = [len(part) * abs(chances[part].mean() - won[part].mean()) for part in parts]
    return float(math.fsum(gaps) / len(order))


def top_lift(chances: Floats, won: Flags) -> float:
    """The rate of won rows in the top tenth over that of all; ties share their rows."""
    size = max(1, round(len(chances) / 10))
    edge = np.sort(chances)[-size]
    above, level = chances > edge, chances == edge
    inside = won[above].sum() + won[level].mean() * (size - int(above.sum()))
    return float(inside / size / won.mean())
