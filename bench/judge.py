"""Compare a grouping of rows with the truth: pairwise precision, recall, F1, and B-cubed F1."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Score:
    """Scores between 0 and 1."""

    precision: float
    recall: float
    f1: float
    b_cubed: float


def judged(found: Labels, truth: Labels) -> Score:
    """Score `found` against `truth`, each the group number of every row."""
    width = int(truth.max(initial=0)) + 1
    cells, sizes = np.unique(found.astype(np.int64) * width + truth, return_counts=True)
    of_found, of_truth = np.bincount(found), np.bincount(truth)
    right = _pairs(sizes)
    precision, recall = right / max(_pairs(of_found), 1), right / max(_pairs(of_truth), 1)
    square = sizes.astype(np.float64) ** 2
    b_precision = float((square / of_found[cells // width]).sum()) / len(found)
    b_recall = float((square / of_truth[cells % width]).sum()) / len(found)
    return Score(precision, recall, _f1(precision, recall), _f1(b_precision, b_recall))


def _pairs(sizes: NDArray[np.int64]) -> int:
    return int((sizes * (sizes - 1) // 2).sum())


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(precision + recall, 1e-9)
