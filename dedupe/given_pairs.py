"""Compare exactly the pairs of rows that are asked about, whether or not blocking pairs them."""

from __future__ import annotations

import numpy as np

from dedupe.arrays import Ints, are_among, distinct
from dedupe.block import Blocked, pair_code
from dedupe.pairing import pair_up
from dedupe.pairs import Pairs
from dedupe.table import Table


def paired(table: Table, left: Ints, right: Ints) -> Pairs:
    """Compare exactly these pairs of nodes, each once and in order."""
    count, names = len(table), len(table.names.cores)
    codes = distinct(pair_code(left, right, count))
    left, right = codes // count, codes % count
    # First names are compared in any case.
    named = distinct(table.alias_nodes.astype(np.int64))
    others = are_among(left, named) | are_among(right, named)
    ends = zip(left[others].tolist(), right[others].tolist(), strict=True)
    found = [np.meshgrid(cores_of(table, one), cores_of(table, other)) for one, other in ends]
    by_name = [pair_code(one.ravel(), other.ravel(), names) for one, other in found]
    every_name = distinct(np.concatenate([np.empty(0, np.int64), *by_name]))
    differ = every_name // max(names, 1) != every_name % max(names, 1)
    every = pair_up(table, Blocked(every_name[differ], codes, ()))
    asked = are_among(pair_code(every.left, every.right, count), codes)
    return every if asked.all() else every.take(asked)


def cores_of(table: Table, node: int) -> Ints:
    """Return the name codes of a node: its first name and its other names."""
    own: Ints = table.core[node : node + 1].astype(np.int64)
    return np.concatenate([own, table.alias_cores[table.alias_nodes == node].astype(np.int64)])
