"""A regularised logistic regression over the columns, calibrated on rows it has not seen."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from engage.predict.kinds import Kind, numbers_of
from engage.predict.table import Column, Flags, Floats, Ints
from engage.predict.weights import Term, Weights

#: The inverse of the penalty on squared weights.
_STRENGTH = 0.5
#: With fewer won rows than this to calibrate on, the chances stay as they are.
_FEW = 20
#: A text of fewer rows adds nothing and is not stored: it may name a person.
RAREST = 20
#: Numbers that are more skewed than this count by their logarithm.
_SKEWED = 5.0


@dataclass(frozen=True, slots=True)
class _Part:
    """How one column becomes inputs, learned from the first rows."""

    column: Column
    #: Of a column of numbers: that of each row, or its logarithm. The middle stands for a missing
    #: one.
    numbers: Floats | None = None
    is_logged: bool = False
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


def learn(
    columns: Mapping[str, Column], kinds: Mapping[str, Kind], won: Flags, tried: int
) -> Weights:
    """Learn from all rows; the calibration is that of the rows behind the first `tried`, by what
    those alone teach.
    """
    later = np.arange(tried, len(won))
    slope, shift = _calibration(_logits(columns, kinds, won, tried, later), won[later], won[:tried])
    every = len(won)
    parts = [_part(column, kinds[name], every) for name, column in columns.items()]
    fitted = _fitted(parts, won, every)
    logits = fitted.decision_function(_inputs(parts, np.arange(every), every))
    chances = 1 / (1 + np.exp(-(slope * logits + shift)))
    return Weights(
        intercept=float(fitted.intercept_[0]),
        slope=slope,
        shift=shift,
        terms=_terms(parts, fitted.coef_[0].tolist()),
        quantiles=np.quantile(chances, np.linspace(0, 1, 101)).tolist(),
    )


def _terms(parts: Sequence[_Part], weights: Sequence[float]) -> list[Term]:
    """Give each column its weights; they are in the order of `_inputs`."""
    left, found = iter(weights), []
    for part in parts:
        column = part.column
        if part.numbers is None:
            shares = column.counts / len(column.code)
            kept = np.flatnonzero(_is_kept(column, len(column.code))).tolist()
            weighed = [next(left) for _ in kept]
            texts = {column.texts[at]: by for at, by in zip(kept, weighed, strict=True)}
            usual = math.fsum(by * shares[at] for at, by in zip(kept, weighed, strict=True))
            found.append(Term(column=column.name, texts=texts, usual=usual))
            continue
        weight = next(left)
        missing = 0.0 if column.is_filled.all() else next(left)
        absent = float(np.isnan(part.numbers).mean())
        found.append(
            Term(
                column=column.name,
                is_number=True,
                is_logged=part.is_logged,
                middle=part.middle,
                mean=part.mean,
                spread=part.spread,
                weight=weight,
                missing=missing,
                # The numbers themselves add nothing on average: their mean is taken off.
                usual=missing * absent,
            )
        )
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
    fitted = _fitted(parts, won, learned)
    found: Floats = fitted.decision_function(_inputs(parts, ask, learned))
    return found


def _fitted(parts: Sequence[_Part], won: Flags, learned: int) -> LogisticRegression:
    inputs = _inputs(parts, np.arange(learned), learned)
    # This solver takes one coordinate at a time: fast on sparse inputs, and steady where columns
    # repeat one another.
    fitted = LogisticRegression(C=_STRENGTH, solver="liblinear", max_iter=1000, random_state=0)
    return fitted.fit(inputs, won[:learned])


def _part(column: Column, kind: Kind, learned: int) -> _Part:
    if kind is not Kind.NUMBER:
        return _Part(column)
    numbers = numbers_of(column)
    known = numbers[:learned][~np.isnan(numbers[:learned])]
    if not len(known):
        return _Part(column, numbers)
    is_logged = _is_of_sizes(known)
    if is_logged:
        numbers, known = _logged(numbers), _logged(known)
    middle = float(np.median(known))
    filled = np.where(np.isnan(numbers[:learned]), middle, numbers[:learned])
    spread = float(filled.std()) or 1.0
    return _Part(column, numbers, is_logged, middle, float(filled.mean()), spread)


def _is_of_sizes(known: Floats) -> bool:
    """Whether a few numbers are many times as large as most, as with employees and amounts."""
    spread = known.std()
    if known.min() < 0 or not spread:
        return False
    return bool((((known - known.mean()) / spread) ** 3).mean() > _SKEWED)


def _logged(numbers: Floats) -> Floats:
    found: Floats = np.log1p(np.maximum(numbers, 0.0))
    return found


def _inputs(parts: Sequence[_Part], ask: Ints, learned: int) -> sparse.csr_matrix:
    """One column of the matrix for each number, and for each text that enough of the first rows
    have.
    """
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
    if not sum(one.shape[1] for one in found):
        # A column that says nothing: without any there is nothing to fit.
        found.append(sparse.csr_matrix((len(ask), 1)))
    return sparse.hstack(found, format="csr")


def _is_kept(column: Column, learned: int) -> Flags:
    """Which texts enough of the first rows have."""
    kept: Flags = np.bincount(column.code[:learned], minlength=len(column.texts)) >= RAREST
    return kept


def _one_hot(column: Column, ask: Ints, learned: int) -> sparse.csr_matrix:
    seen = _is_kept(column, learned)
    place = np.cumsum(seen) - 1
    code = column.code[ask]
    rows = np.flatnonzero(seen[code])
    ones = np.ones(len(rows))
    return sparse.csr_matrix((ones, (rows, place[code[rows]])), (len(ask), int(seen.sum())))
