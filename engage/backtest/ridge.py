"""A logistic regression with a penalty on squared weights, and how sure each weight is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engage.signals.table import Flags, Floats

_ROUNDS, _NEAR = 50, 1e-8


@dataclass(frozen=True, slots=True)
class Ridge:
    """The weight of each column in log-odds for one more of it, with its standard error."""

    weights: Floats
    errors: Floats


def ridge(inputs: Floats, won: Flags, penalty: float = 1.0) -> Ridge:
    """Fit by Newton's method; the penalty is on the weights of columns with equal spread."""
    spread = inputs.std(axis=0)
    spread[spread == 0] = 1.0
    columns = np.column_stack([np.ones(len(won)), (inputs - inputs.mean(axis=0)) / spread])
    held = np.full(columns.shape[1], penalty)
    held[0] = 0.0

    weights = np.zeros(columns.shape[1])
    curve = np.eye(columns.shape[1])
    for _ in range(_ROUNDS):
        chances = 1 / (1 + np.exp(-np.clip(columns @ weights, -30, 30)))
        slope = columns.T @ (won - chances) - held * weights
        curve = (columns * (chances * (1 - chances))[:, None]).T @ columns + np.diag(held)
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if np.abs(step).max() < _NEAR:
            break
    errors = np.sqrt(np.diag(np.linalg.inv(curve)))
    return Ridge(weights[1:] / spread, errors[1:] / spread)
