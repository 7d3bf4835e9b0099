"""Pairs for human review: possible matches, near matches, and rows weakly tied to a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from dedupe.arrays import Floats, Ints
from dedupe.clustering import Clustering
from dedupe.correlate import MOST, UNSEEN
from dedupe.group_offers import group_offers
from dedupe.record import Key
from leads.company_links import LinkKind

#: Log-odds closer to zero than this are doubtful: 18 to 82 percent of such pairs are matches.
DOUBTFUL = 1.5


class Kind(StrEnum):
    """Why a pair is shown."""

    NEAR = "near the threshold"
    WEAK = "hardly supported by its company"
    OUTVOTED = "kept apart by the rest of the cluster"
    #: The first may be part of the second, a group.
    PART_OF = LinkKind.PART_OF.value


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two rows to review. `odds` are those of the pair; of a row that its company hardly supports,
    the mean.
    """

    left: Key
    right: Key
    odds: float
    together: bool
    kind: Kind


def doubtful(found: Clustering, limit: int) -> list[Doubt]:
    """Return the most doubtful pairs, closest to chance first, without pairs people decided.

    Between companies these are all pairs for review, and parts of groups; inside a company, the
    near matches.
    """
    said = found.decisions
    decided = {frozenset(pair) for pair in (*said.same, *said.different, *said.unsure)}
    pairs = sorted(
        [*_across(found), *_weak_bridges(found), *_near(found, limit + len(decided))],
        key=lambda doubt: (abs(doubt.odds), str(doubt.left)),
    )
    fresh: dict[frozenset[Key], Doubt] = {}
    for doubt in pairs:
        pair = frozenset((doubt.left, doubt.right))
        if pair not in decided:
            fresh.setdefault(pair, doubt)
    return list(fresh.values())[:limit]


def _across(found: Clustering) -> Iterator[Doubt]:
    """Yield the pairs of different companies that may be one, or one part of the other."""
    offered: set[frozenset[int]] = set()
    for offer in group_offers(found):
        offered.add(_companies(found, offer.part, offer.whole))
        odds = round(offer.odds, 2)
        yield Doubt(offer.part, offer.whole, odds, together=False, kind=Kind.PART_OF)

    for pair in found.review_pairs:
        if _companies(found, pair.left, pair.right) not in offered:
            kind = Kind.OUTVOTED if pair.odds > 0 else Kind.NEAR
            yield Doubt(pair.left, pair.right, round(pair.odds, 2), together=False, kind=kind)


def _companies(found: Clustering, left: Key, right: Key) -> frozenset[int]:
    rows = (found.row_of[left], found.row_of[right])
    return frozenset(int(found.of_node[found.table.node_of[row]]) for row in rows)


def _near(found: Clustering, most: int) -> Iterator[Doubt]:
    """Yield matches near the threshold, one per row."""
    compared, clusters = found.compared, found.of_node
    inside = np.flatnonzero(clusters[compared.left] == clusters[compared.right])
    best = _best_inside(found, inside)
    chosen = best[np.abs(compared.odds[best]) < DOUBTFUL]
    for at in chosen[np.argsort(np.abs(compared.odds[chosen]), kind="stable")][:most].tolist():
        sides = _rows(found, int(compared.left[at]), int(compared.right[at]))
        yield Doubt(*sides, round(float(compared.odds[at]), 2), together=True, kind=Kind.NEAR)


def _best_inside(found: Clustering, pairs: Ints) -> Ints:
    """Return the pairs inside a cluster that are the best pair of one of their rows."""
    ends = np.r_[found.compared.left[pairs], found.compared.right[pairs]]
    return np.unique(
        np.r_[pairs, pairs][
            _first_of_each(ends, np.r_[found.compared.odds[pairs], found.compared.odds[pairs]])
        ]
    )


def _first_of_each(codes: Ints, odds: Floats) -> Ints:
    """Return the index of the highest odds for each code."""
    order = np.lexsort((np.arange(len(codes)), -odds, codes))
    return order[np.r_[True, codes[order][1:] != codes[order][:-1]]] if len(order) else order


def _weak_bridges(found: Clustering) -> Iterator[Doubt]:
    """Yield rows of clusters of three or more that the rest of the cluster barely supports."""
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
