"""A regularised logistic regression over the columns, calibrated on rows it has not seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from engage.predict.kinds import Kind, numbers_of
from engage.predict.table import Column, Flags, Floats, Ints

#: The inverse of the penalty on squared weights.
_STRENGTH = 0.5
#: With fewer won rows than this to calibrate on, the chances stay as they are.
_FEW = 20


@dataclass(frozen=True, slots=True)
class _Part:
    """How one column becomes inputs, learned from the first rows."""

    column: Column
    #: Of a column of numbers: that of each row. The middle stands for a missing one.
    numbers: Floats | None = None
    middle: float = 0.0
    mean: float = 0.0
    spread: float = 1.0


def chances(
    columns: Mapping[str, Column], kinds: Mapping[str, Kind], won: Flags, learned: int
) -> Floats:
    """The calibrated chances of the rows behind the first `learned`, learned from those."""
    if not columns:
        return np.full(len(won) - learned, won[:learned].mean())
    inner = round(learned * 0.7)
    calibrated = np.arange(inner, learned)
    slope, shift = _calibration(
        _logits(columns, kinds, won, inner, calibrated), won[calibrated], won[:inner]
    )
    logits = _logits(columns, kinds, won, learned, np.arange(learned, len(won)))
    found: Floats = 1 / (1 + np.exp(-(slope * logits + shift)))
    return found


def _calibration(logits: Floats, won: Flags, before: Flags) -> tuple[float, float]:
    """Slope and shift that make later chances hold; 1 and 0 with too few rows."""
    if min(won.sum(), (~won).sum(), before.sum(), (~before).sum()) < _FEW:
        return 1.0, 0.0
    fitted = LogisticRegression(C=1e6).fit(logits.reshape(-1, 1), won)
    slope = float(fitted.coef_[0, 0])
    # A slope below zero would turn the order around: later rows contradict the earlier ones.
    return (slope, float(fitted.intercept_[0])) if slope > 0 else (1.0, 0.0)


def _logits(
    columns: Mapping[str, Column], kinds: Mapping[str, Kind], won: Flags, learned: int, ask: Ints
) -> Floats:
    """The log-odds of some rows, learned from the first `learned`."""
    if len(np.unique(won[:learned])) < 2:
        return np.zeros(len(ask))
    parts = [_part(column, kinds[name], learned) for name, column in columns.items()]
    first = np.arange(learned)
    inputs = _inputs(parts, first, learned)
    # This solver takes one coordinate at a time: fast on sparse inputs, and steady where columns
    # repeat one another.
    fitted = LogisticRegression(C=_STRENGTH, solver="liblinear", max_iter=1000, random_state=0)
    fitted.fit(inputs, won[:learned])
    found: Floats = fitted.decision_function(_inputs(parts, ask, learned))
    return found


def _part(column: Column, kind: Kind, learned: int) -> _Part:
    if kind is not Kind.NUMBER:
        return _Part(column)
    numbers = numbers_of(column)
    values = numbers[:learned]
    known = values[~np.isnan(values)]
    if not len(known):
        return _Part(column, numbers)
    middle = float(np.median(known))
    filled = np.where(np.isnan(values), middle, values)
    return _Part(column, numbers, middle, float(filled.mean()), float(filled.std()) or 1.0)


def _inputs(parts: Sequence[_Part], ask: Ints, learned: int) -> sparse.csr_matrix:
    """One column of the matrix for each number, and for each text that the first rows have."""
    found = []
    for part in parts:
        column = part.column
        if part.numbers is not None:
            values = part.numbers[ask]
            is_missing = np.isnan(values)
            scaled = (np.where(is_missing, part.middle, values) - part.mean) / part.spread
            found.append(sparse.csr_matrix(scaled.reshape(-1, 1)))
            if not column.is_filled.all():
                found.append(sparse.csr_matrix(is_missing.astype(np.float64).reshape(-1, 1)))
        else:
            found.append(_one_hot(column, ask, learned))
    return sparse.hstack(found, format="csr")


def _one_hot(column: Column, ask: Ints, learned: int) -> sparse.csr_matrix:
    seen = np.zeros(len(column.texts), dtype=np.bool_)
    seen[column.code[:learned]] = True
    place = np.cumsum(seen) - 1
    code = column.code[ask]
    rows = np.flatnonzero(seen[code])
    ones = np.ones(len(rows))
    return sparse.csr_matrix((ones, (rows, place[code[rows]])), (len(ask), int(seen.sum())))
