"""The pairs between clusters that a person should look at, and how sure a row's match is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dedupe.arrays import Codes, Floats, Ints
from dedupe.outcome import REVIEWED


@dataclass(frozen=True, slots=True)
class ReviewPair:
    """Two nodes of different clusters that may be one company."""

    left: int
    right: int
    odds: float


def review_pairs(
    clusters: Codes, left: Ints, right: Ints, odds: Floats, decided: frozenset[tuple[int, int]]
) -> list[ReviewPair]:
    """Return the likeliest pair between each two clusters that may be one company.

    A pair that matches is among them if the other pairs of its clusters outvote it. Clusters that a
    person called different are left out.
    """
    chosen = np.flatnonzero((odds > -REVIEWED) & (clusters[left] != clusters[right]))
    low, high = clusters[left[chosen]].astype(np.int64), clusters[right[chosen]].astype(np.int64)
    code = np.minimum(low, high) * max(len(clusters), 1) + np.maximum(low, high)
    order = np.lexsort((right[chosen], left[chosen], -odds[chosen], code))
    first = np.r_[True, code[order][1:] != code[order][:-1]] if len(order) else order

    apart = {_ordered(int(clusters[one]), int(clusters[other])) for one, other in decided}
    found: list[ReviewPair] = []
    for at in chosen[order[first]].tolist() if len(order) else []:
        one, other = int(left[at]), int(right[at])
        if _ordered(int(clusters[one]), int(clusters[other])) not in apart:
            found.append(ReviewPair(one, other, float(odds[at])))
    return found


def _ordered(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
