"""Compare pairs of nodes that were found before, in a table of the nodes concerned."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from dedupe.arrays import Ints, distinct
from dedupe.block import pair_code
from dedupe.compare_names import NamePairs, compare_names, join
from dedupe.pair_measures import FoundPairs, measured_pairs, once
from dedupe.pairing import shared_alias
from dedupe.pairs import Pairs
from dedupe.table import Table

#: Name pairs compared at once; bounds the memory.
_CHUNK = 200_000


class Found(NamedTuple):
    """Pairs of nodes: by names that may be alike (`low`, `high`), and by attributes (-1 each)."""

    left: Ints
    right: Ints
    low: Ints
    high: Ints


def pair_part(table: Table, found: Found) -> Pairs:
    """Return each pair of nodes once, with its best pair of names and its attributes compared."""
    names = len(table.names.cores)
    left, right = found.left, found.right
    named = found.low >= 0
    same_core = table.core[left] == table.core[right]
    shared = np.where(same_core, table.core[left], shared_alias(table, left, right))
    codes = np.where(
        named,
        pair_code(found.low, found.high, names),
        pair_code(table.core[left], table.core[right], names),
    )
    by_shared = ~named & (shared >= 0)
    every = distinct(codes[~by_shared])
    of_names = np.where(by_shared, -1 - shared.astype(np.int64), np.searchsorted(every, codes))
    compared = _compared(table, every)
    pairs = once(table, compared, FoundPairs(left, right, of_names))
    return measured_pairs(table, compared, pairs)


def _compared(table: Table, codes: Ints) -> NamePairs:
    names = len(table.names.cores)
    parts: list[NamePairs] = []
    for start in range(0, max(len(codes), 1), _CHUNK):
        part = codes[start : start + _CHUNK]
        every = np.ones(len(part), dtype=bool)
        parts.append(compare_names(table.names, part // names, part % names, every))
    return join(parts)
