"""What a person should look at: pairs that nearly were one company or nearly were not, and rows
that hang on a cluster by little.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from dedupe.arrays import Floats, Ints
from dedupe.clustering import Clustering
from dedupe.correlate import MOST, UNSEEN
from dedupe.record import Key

#: Log-odds nearer to nothing than this are doubtful: between 18 and 82 of a hundred such pairs are
#: one company.
DOUBTFUL = 1.5


class Kind(StrEnum):
    """Why a pair is shown."""

    NEAR = "near the threshold"
    WEAK = "weak bridge"
    OUTVOTED = "kept apart by the rest of the cluster"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two rows to look at; `odds` are those of the pair, or for a weak bridge the mean of a row's
    with all others of its cluster.
    """

    left: Key
    right: Key
    odds: float
    together: bool
    kind: Kind


def doubtful(found: Clustering, limit: int) -> list[Doubt]:
    """The most doubtful pairs of rows, those nearest to chance first; pairs that people decided
    about are left out.
    """
    decided = {frozenset(pair) for pair in (*found.decisions.same, *found.decisions.different)}
    pairs = sorted(
        [*_weak_bridges(found), *_near(found, limit + len(decided))],
        key=lambda doubt: (abs(doubt.odds), str(doubt.left)),
    )
    fresh: dict[frozenset[Key], Doubt] = {}
    for doubt in pairs:
        pair = frozenset((doubt.left, doubt.right))
        if pair not in decided:
            fresh.setdefault(pair, doubt)
    return list(fresh.values())[:limit]


def _near(found: Clustering, most: int) -> Iterator[Doubt]:
    """Pairs near the threshold, one for each pair of clusters or row; pairs that speak for one
    company and still are not.
    """
    compared, clusters = found.compared, found.of_node
    inside = clusters[compared.left] == clusters[compared.right]
    best = np.zeros(len(compared.left), dtype=bool)
    best[_best_across(found, np.flatnonzero(~inside))] = True
    best[_best_inside(found, np.flatnonzero(inside))] = True
    chosen = np.flatnonzero(
        best & ((np.abs(compared.odds) < DOUBTFUL) | (~inside & (compared.odds > 0)))
    )
    for at in chosen[np.argsort(np.abs(compared.odds[chosen]), kind="stable")][:most].tolist():
        odds = float(compared.odds[at])
        kind = Kind.OUTVOTED if odds > 0 and not inside[at] else Kind.NEAR
        yield Doubt(
            *_rows(found, int(compared.left[at]), int(compared.right[at])),
            round(odds, 2),
            bool(inside[at]),
            kind,
        )


def _best_across(found: Clustering, pairs: Ints) -> Ints:
    """Of the pairs between two clusters the likeliest: it alone decides whether they are looked at."""
    left, right = (
        found.of_node[found.compared.left[pairs]],
        found.of_node[found.compared.right[pairs]],
    )
    code = np.minimum(left, right).astype(np.int64) * len(found.table) + np.maximum(left, right)
    return pairs[_first_of_each(code, found.compared.odds[pairs])]


def _best_inside(found: Clustering, pairs: Ints) -> Ints:
    """Of the pairs inside a cluster those that are the likeliest of one of their two rows."""
    ends = np.r_[found.compared.left[pairs], found.compared.right[pairs]]
    return np.unique(
        np.r_[pairs, pairs][
            _first_of_each(ends, np.r_[found.compared.odds[pairs], found.compared.odds[pairs]])
        ]
    )


def _first_of_each(codes: Ints, odds: Floats) -> Ints:
    """The place of the highest odds of each code."""
    order = np.lexsort((np.arange(len(codes)), -odds, codes))
    return order[np.r_[True, codes[order][1:] != codes[order][:-1]]] if len(order) else order


def _weak_bridges(found: Clustering) -> Iterator[Doubt]:
    """Rows of clusters of three and more that the rest of the cluster hardly speaks for."""
    compared, clusters = found.compared, found.of_node
    sizes = np.bincount(clusters, minlength=len(found.table))
    inside = np.flatnonzero(
        (clusters[compared.left] == clusters[compared.right]) & (sizes[clusters[compared.left]] > 2)
    )
    ends = np.r_[compared.left[inside], compared.right[inside]]
    odds = np.clip(compared.odds[inside], -MOST, MOST)
    total = np.bincount(ends, weights=np.r_[odds, odds], minlength=len(found.table))
    known = np.bincount(ends, minlength=len(found.table))
    others = sizes[clusters] - 1
    mean = (total + UNSEEN * (others - known)) / np.maximum(others, 1)
    for node in np.flatnonzero((others > 1) & (known > 0) & (mean < DOUBTFUL / 2)).tolist():
        at = int(compared.best_of[node])
        if at >= 0:
            other = int(compared.best.left[at]) + int(compared.best.right[at]) - node
            yield Doubt(
                *_rows(found, node, other),
                round(float(mean[node]), 2),
                together=True,
                kind=Kind.WEAK,
            )


def _rows(found: Clustering, left: int, right: int) -> tuple[Key, Key]:
    keys, row_of = found.table.keys, found.table.row_of
    return keys[int(row_of[left])], keys[int(row_of[right])]
