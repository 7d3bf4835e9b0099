"""Answers as numbers: the measures of each answered pair, and its score by the shipped weights."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedupe.block import pair_code
from dedupe.ceiling import CEILINGS, found_ceilings
from dedupe.clustering import Clustering
from dedupe.features import FEATURES, measured, prior_of
from dedupe.given_pairs import paired
from dedupe.learning.answers import Answer, in_order
from dedupe.score import score

Numbers = NDArray[np.float64]
#: The prior, each feature, each ceiling.
COLUMNS = 1 + len(FEATURES) + len(CEILINGS)
#: Parts of the answers that are tried in turn.
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Examples:
    """One line per pair of different rows that an answer decides."""

    #: `COLUMNS` numbers per pair.
    measures: Numbers
    #: Log-odds by the shipped weights.
    shipped: Numbers
    #: 1 for the same company, 0 for different ones.
    same: Numbers
    #: An answer about several pairs weighs as much as one about a single pair.
    weight: Numbers
    #: The part that a pair is tried in; pairs that share a row are in one.
    fold: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.same)

    def take(self, chosen: NDArray[np.bool_]) -> Examples:
        """Select some of the examples."""
        return Examples(
            self.measures[chosen],
            self.shipped[chosen],
            self.same[chosen],
            self.weight[chosen],
            self.fold[chosen],
        )


NONE = Examples(
    np.zeros((0, COLUMNS)), np.zeros(0), np.zeros(0), np.zeros(0), np.zeros(0, dtype=np.int64)
)


def usable(found: Clustering, answers: Sequence[Answer]) -> list[Answer]:
    """Return the answers about rows of the list that differ and that the engine compared.

    Nothing is learned from a pair that no blocking key finds: no score would bring it together.
    """
    known = [one for one in in_order(answers) if _is_known(found, one)]
    compared = set(found.compared_among([(one.left, one.right) for one in known])) if known else ()
    return [one for one in known if (one.left, one.right) in compared]


def examples_of(found: Clustering, answers: Sequence[Answer]) -> Examples:
    """Measure the pairs of usable answers; their order does not matter."""
    if not answers:
        return NONE
    by_code = _by_code(found, answers)
    size = len(found.table)
    codes = np.array(sorted(by_code), dtype=np.int64)
    pairs = paired(found.table, codes // size, codes % size)
    limits = [held.astype(np.float64) for _, held in found_ceilings(pairs, found.company_is)]
    none = np.zeros((len(pairs), len(CEILINGS)))
    measures = np.c_[
        np.ones(len(pairs)),
        measured(pairs).astype(np.float64),
        np.stack(limits, axis=1) if limits else none,
    ]
    odds = score(pairs, found.company_is, prior_of(len(found.table.names.cores))).odds
    every = [by_code[code] for code in codes.tolist()]
    return Examples(
        measures,
        odds.astype(np.float64),
        np.array([float(one.same) for one, _ in every]),
        np.array([weight for _, weight in every]),
        _folds(codes // size, codes % size),
    )


def _is_known(found: Clustering, one: Answer) -> bool:
    rows = [found.row_of.get(key) for key in (one.left, one.right)]
    if rows[0] is None or rows[1] is None:
        return False
    return bool(found.table.node_of[rows[0]] != found.table.node_of[rows[1]])


def _by_code(found: Clustering, answers: Sequence[Answer]) -> dict[int, tuple[Answer, float]]:
    """Return each pair of nodes once, with its answer and its weight."""
    pairs_of: dict[str, dict[int, Answer]] = defaultdict(dict)
    for one in in_order(answers):
        left, right = (int(found.table.node_of[found.row_of[key]]) for key in (one.left, one.right))
        code = int(pair_code(np.array([left]), np.array([right]), len(found.table))[0])
        pairs_of[one.counts_as][code] = one

    by_code: dict[int, tuple[Answer, float]] = {}
    for _, pairs in sorted(pairs_of.items()):
        for code, one in pairs.items():
            before = by_code[code][1] if code in by_code else 0.0
            by_code[code] = (one, min(before + 1 / len(pairs), 1.0))
    return by_code


def _folds(left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """Spread groups of pairs that share rows over the folds, the largest first."""
    group: dict[int, int] = {}

    def first_of(node: int) -> int:
        while group.setdefault(node, node) != node:
            group[node] = group[group[node]]
            node = group[node]
        return node

    for one, other in zip(left.tolist(), right.tolist(), strict=True):
        low, high = sorted((first_of(one), first_of(other)))
        group[high] = low
    members: dict[int, list[int]] = defaultdict(list)
    for at, node in enumerate(left.tolist()):
        members[first_of(node)].append(at)

    fold, sizes = np.zeros(len(left), dtype=np.int64), [0] * FOLDS
    for _, pairs in sorted(members.items(), key=lambda item: (-len(item[1]), item[0])):
        smallest = sizes.index(min(sizes))
        fold[pairs] = smallest
        sizes[smallest] += len(pairs)
    return fold
