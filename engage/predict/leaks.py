"""Find columns that are filled in after the outcome, or that state it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engage.predict.kinds import numbers_of, ranges
from engage.predict.table import Column, Flags, Floats, Ints

#: A column that leaves less than this part of the outcomes' entropy open states them.
_OPEN = 0.4
#: AUC of being filled at all, and of differing from a usual value, that states the outcome.
_FILL_STATES, _STATES = 0.8, 0.9
#: Filled rows are mostly won: their share, over all rows, and of the won rows.
_PURE, _LIFT, _RECALL = 0.75, 2.0, 0.3
#: Rows of the other outcome that chance would have put among the filled.
_EXPECTED = 10
#: A column is filled only where another is, if so much of it is.
_NEARLY_ALL = 0.98
#: A column that is filled for more of the rows says nothing about others.
_FILLED_BY_FEW = 0.5
_BINS = 50
#: Rows of the whole rate that are added to the rate of a group.
_PRIOR = 5.0


def find_leaks(candidates: Mapping[str, Column], won: Flags) -> dict[str, str]:
    """The columns to leave out, each with the reason."""
    found: dict[str, str] = {}
    for name, column in candidates.items():
        reason = _by_fill(column, won) or _by_default(column, won) or _by_value(column, won)
        if reason:
            found[name] = reason
    return found


def followers(candidates: Mapping[str, Column], leaks: Mapping[str, Column]) -> dict[str, str]:
    """The columns that are filled only where one is that is left out, each with the reason."""
    found: dict[str, str] = {}
    for leak, leak_column in leaks.items():
        leak_filled = leak_column.is_filled
        if leak_filled.mean() > _FILLED_BY_FEW:
            continue
        for name, column in candidates.items():
            filled = column.is_filled
            if name not in found and filled.any() and leak_filled[filled].mean() >= _NEARLY_ALL:
                found[name] = f"filled only where {leak!r} is, which is left out"
    return found


def _by_fill(column: Column, won: Flags) -> str:
    """Whether a column is filled because of the outcome."""
    filled = column.is_filled
    if filled.all() or not filled.any():
        return ""
    for outcome, word in ((won, "won"), (~won, "lost")):
        reason = _filled_for(filled, outcome, word)
        if reason:
            return reason
    return ""


def _filled_for(filled: Flags, outcome: Flags, word: str) -> str:
    base = outcome.mean()
    recall, pure = filled[outcome].mean(), outcome[filled].mean()
    said = f"filled for {recall:.0%} of {word} rows and {filled[~outcome].mean():.1%} of the others"
    if pure >= _PURE and pure >= _LIFT * base and recall >= _RECALL:
        return f"{said}: known only after the outcome"
    if _separates(filled, outcome) >= _FILL_STATES:
        return f"{said}: known only after the outcome"
    if _is_pure(filled, outcome):
        return f"filled for {word} rows only: known only after the outcome"
    return ""


def _by_default(column: Column, won: Flags) -> str:
    """Whether a column keeps one value until the outcome is known."""
    counts = np.where([text == "" for text in column.texts], 0, column.counts)
    usual = int(counts.argmax())
    differs = (column.code != usual) & column.is_filled
    if counts[usual] * 2 < len(won) or not differs.any():
        return ""
    for outcome, word in ((won, "won"), (~won, "lost")):
        recall, others = differs[outcome].mean(), int(differs[~outcome].sum())
        is_pure = recall >= 0.5 and _is_pure(differs, outcome)
        if is_pure or _separates(differs, outcome) >= _STATES:
            return (
                f"{column.texts[usual]!r} until the outcome is known: "
                f"other values for {recall:.0%} of {word} rows, {others} of the others"
            )
    return ""


def _separates(marked: Flags, outcome: Flags) -> float:
    """The AUC of being marked, for one outcome."""
    return float((marked[outcome].mean() + 1 - marked[~outcome].mean()) / 2)


def _is_pure(marked: Flags, outcome: Flags) -> bool:
    """Whether chance would have put far more rows of the other outcome among the marked."""
    expected = marked.sum() * (1 - outcome.mean())
    others = marked[~outcome].sum()
    return bool(expected >= _EXPECTED and others <= expected / 50)


def _by_value(column: Column, won: Flags) -> str:
    """Whether the values of a column state the outcomes by themselves."""
    chances = alone(column, won)
    base = won.mean()
    entropy = -(base * np.log(base) + (1 - base) * np.log(1 - base))
    left = -np.log(np.where(won, chances, 1 - chances)).mean() / entropy
    if left < _OPEN:
        return f"states {1 - left:.0%} of the outcome by itself: known only after it"
    return ""


def alone(column: Column, won: Flags) -> Floats:
    """The chance of each row by one column: each half of the rows by the rates of the other half."""
    groups = _groups(column)
    even = np.arange(len(won)) % 2 == 0
    chances = np.zeros(len(won))
    for half in (even, ~even):
        chances[half] = _rates(groups[~half], won[~half], int(groups.max()) + 1)[groups[half]]
    return np.clip(chances, 1e-6, 1 - 1e-6)


def _groups(column: Column) -> Ints:
    """The groups of a column: its texts, or ranges of its numbers if it has many."""
    values = numbers_of(column)
    is_number = ~np.isnan(values)
    if len(column.texts) <= _BINS or is_number.mean() < 0.5 * column.is_filled.mean():
        return column.code
    return ranges(values, values[is_number], _BINS)


def _rates(groups: Ints, won: Flags, size: int) -> Floats:
    counts = np.bincount(groups, minlength=size)
    wins = np.bincount(groups, weights=won, minlength=size)
    rates: Floats = (wins + _PRIOR * won.mean()) / (counts + _PRIOR)
    return rates
