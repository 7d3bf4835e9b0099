"""Compare pairs: first the names, then the nodes that have them, to edges with log-odds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from dedupe.arrays import MISSING, Ints
from dedupe.compare_names import compare_names, promising
from dedupe.features import prior_of
from dedupe.learned import SHIPPED, Learned
from dedupe.list_counts import places_of
from dedupe.name_bearers import Bearing
from dedupe.names_table import tabulate_part
from dedupe.outcome import Strictness, margin_of
from dedupe.pair_part import Found, pair_part
from dedupe.pairing import paired_bearers
from dedupe.partitions.columns import (
    bucket_of,
    ints,
    pairs_table,
    signed,
    table_of,
    texts,
    unsigned,
)
from dedupe.partitions.deliver import in_order
from dedupe.partitions.flow import BUCKET
from dedupe.partitions.part_table import part_table
from dedupe.score import score
from dedupe.text_hashes import Hashes, hashes_of
from dedupe.whole_list import WholeList
from leads.company_kind import CompanyIs

#: Pairs of nodes, and the hashes of the two names that they were found by; both 0 if none.
FOUND = pa.schema(
    [
        (BUCKET, pa.int64()),
        ("left", pa.int64()),
        ("right", pa.int64()),
        ("low", pa.int64()),
        ("high", pa.int64()),
    ]
)
#: Compared pairs of nodes. `between` is what a pair says about two groups of nodes.
EDGES = pa.schema(
    [
        (BUCKET, pa.int64()),
        ("left", pa.int64()),
        ("right", pa.int64()),
        ("odds", pa.float32()),
        ("between", pa.float32()),
    ]
)
#: Pairs compared at once; bounds the memory.
_CHUNK = 200_000


def by_attributes(pairs: pa.Table) -> pa.Table:
    """Return pairs of nodes that no name brought together."""
    none = np.zeros(len(pairs), dtype=np.int64)
    left, right = ints(pairs, "left"), ints(pairs, "right")
    return table_of(FOUND, bucket=ints(pairs, BUCKET), left=left, right=right, low=none, high=none)


class CompareNames:
    """Work that compares the pairs of names of a bucket, and pairs the nodes of those alike."""

    def __init__(self, whole: Callable[[], WholeList]) -> None:
        self._whole = whole

    def __call__(self, pairs: pa.Table, names: pa.Table) -> pa.Table:
        """Return the pairs of nodes of promising names."""
        if not len(pairs):
            return by_attributes(pairs)
        once = pairs_table(ints(pairs, "left"), ints(pairs, "right"))
        names = in_order(names)
        names = names.take(pa.array(_used(ints(names, "id"), once)))
        ids, whole = ints(names, "id"), self._whole()
        table = tabulate_part(texts(names, "core"), whole.words, whole.initials)
        bearing, nodes = _bearing(names)
        hashes = signed(hashes_of(table.cores))
        left, right = (np.searchsorted(ids, ints(once, side)) for side in ("left", "right"))
        parts: list[pa.Table] = []
        for start in range(0, len(left), _CHUNK):
            part = slice(start, start + _CHUNK)
            none = np.zeros(len(left[part]), dtype=bool)
            compared = compare_names(table, left[part], right[part], none)
            chosen = np.flatnonzero(promising(compared))
            one, other, of_names = paired_bearers(bearing, chosen, compared)
            low, high = hashes[compared.left[of_names]], hashes[compared.right[of_names]]
            parts.append(_found(nodes[one], nodes[other], low, high))
        return pa.concat_tables(parts)


def _used(ids: Ints, pairs: pa.Table) -> Ints:
    """Return the places of the ids that a pair is about."""
    both = np.unique(np.r_[ints(pairs, "left"), ints(pairs, "right")])
    return np.searchsorted(ids, both)


def _bearing(names: pa.Table) -> tuple[Bearing, Ints]:
    """Return the nodes of names as numbers from 0, and the id of each."""
    own, others, countries = (texts(names, name) for name in ("own", "others", "countries"))
    every = np.arange(len(names))
    of_own, of_other = (np.repeat(every, [len(row) for row in rows]) for rows in (own, others))
    own_ids, other_ids = (
        np.array([one for row in rows for one in row], dtype=np.int64) for rows in (own, others)
    )
    stated = [country for row in countries for country in row]
    codes = {text: at for at, text in enumerate(sorted(set(stated) - {""}))} | {"": MISSING}
    # A node may be known by another name only: it has no first name here.
    nodes = np.unique(np.r_[own_ids, other_ids])
    core = np.full(len(nodes), MISSING, dtype=np.int32)
    country = np.full(len(nodes), MISSING, dtype=np.int32)
    at = np.searchsorted(nodes, own_ids)
    core[at] = of_own
    country[at] = [codes[text] for text in stated]
    return Bearing(len(names), core, country, np.searchsorted(nodes, other_ids), of_other), nodes


def _found(left: Ints, right: Ints, low: Ints, high: Ints) -> pa.Table:
    """Return pairs of different nodes, the smaller first, in its bucket."""
    differ = left != right
    left, right, low, high = left[differ], right[differ], low[differ], high[differ]
    one, other = np.minimum(left, right), np.maximum(left, right)
    return table_of(FOUND, bucket=bucket_of(one), left=one, right=other, low=low, high=high)


class HowSure(NamedTuple):
    """What counts as one company, and how sure a merge must be."""

    company_is: CompanyIs
    strictness: Strictness
    learned: Learned = SHIPPED


class ScorePairs:
    """Work that scores the pairs of nodes of a bucket."""

    def __init__(self, whole: Callable[[], WholeList], how: HowSure) -> None:
        self._whole, self._how = whole, how

    def __call__(self, found: pa.Table, nodes: pa.Table) -> pa.Table:
        """Return each pair once, with its log-odds."""
        whole = self._whole()
        nodes = in_order(nodes)
        parts = [self._scored(part, nodes, whole) for part in _in_parts(found) if len(part)]
        return pa.concat_tables(parts) if parts else _edges(*_nothing())

    def _scored(self, found: pa.Table, nodes: pa.Table, whole: WholeList) -> pa.Table:
        used = nodes.take(pa.array(_used(ints(nodes, "id"), found)))
        table, ids = part_table(used, whole), ints(used, "id")
        left, right = (np.searchsorted(ids, ints(found, side)) for side in ("left", "right"))
        hashes = hashes_of(table.names.cores)
        order = np.argsort(hashes)
        low, high = (_places(hashes, order, ints(found, side)) for side in ("low", "high"))
        pairs = pair_part(table, Found(left, right, low, high))
        kind, strictness, learned = self._how
        scored = score(pairs, kind, prior_of(whole.names) - margin_of(strictness), learned)
        return _edges(ids[pairs.left], ids[pairs.right], scored.odds, scored.between_groups)


def _in_parts(found: pa.Table) -> Iterator[pa.Table]:
    """Yield the pairs of a bucket in parts of bounded size; one node's pairs stay together."""
    left = ints(found, "left")
    order = np.argsort(left, kind="stable")
    left = left[order]
    start = 0
    while start < len(left):
        end = min(start + _CHUNK, len(left))
        end = int(np.searchsorted(left, left[end - 1], side="right"))
        yield found.take(pa.array(order[start:end]))
        start = end


def _places(hashes: Hashes, order: Ints, asked: Ints) -> Ints:
    """Return the place of each hash; -1 for 0, which is none."""
    at = places_of(hashes[order], unsigned(asked))
    return np.where(asked == 0, MISSING, order[at])


def _edges(left: Any, right: Any, odds: Any, between: Any) -> pa.Table:
    return table_of(
        EDGES, bucket=bucket_of(left), left=left, right=right, odds=odds, between=between
    )


def _nothing() -> tuple[Ints, Ints, Ints, Ints]:
    none = np.empty(0, dtype=np.int64)
    return none, none, none, none
