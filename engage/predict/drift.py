"""Find columns whose values are others in the last rows than in the first."""

from __future__ import annotations

import numpy as np

from engage.predict.kinds import Kind, numbers_of, ranges
from engage.predict.table import Column, Floats, Ints

#: A population stability index above this is a marked change.
MARKED = 0.25
_BINS = 10
#: Groups with fewer of all rows than this share count as one.
_RARE = 0.01


def stability(column: Column, kind: Kind, learned: int) -> float:
    """The population stability index of the later rows against the first ones."""
    groups = _number_groups(column, learned) if kind is Kind.NUMBER else _groups(column)
    size = int(groups.max()) + 1
    before = _shares(groups[:learned], size)
    after = _shares(groups[learned:], size)
    return float(((after - before) * np.log(after / before)).sum())


def _groups(column: Column) -> Ints:
    rare = column.counts < _RARE * len(column.code)
    places = np.where(rare, 0, np.cumsum(~rare))
    found: Ints = places[column.code]
    return found


def _number_groups(column: Column, learned: int) -> Ints:
    values = numbers_of(column)
    first = values[:learned]
    return ranges(values, first[~np.isnan(first)], _BINS)


def _shares(groups: Ints, size: int) -> Floats:
    """The share of each group; half a row is added to each, so that none is zero."""
    counts = np.bincount(groups, minlength=size) + 0.5
    shares: Floats = counts / counts.sum()
    return shares
