"""Count over a whole list what weighs a value: the names with it, the rows, the towns of a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dedupe.arrays import Ints, first_of_each
from dedupe.counted import PLACES, SHARED, hashes_of_addresses, hashes_of_words
from dedupe.list_counts import ADDRESS, Counts, ListCounts
from dedupe.names_table import tabulate_part
from dedupe.partitions.columns import ints, signed, table_of, texts, unsigned
from dedupe.partitions.flow import BUCKET, Flow
from dedupe.partitions.part_table import part_names
from dedupe.table import SEVERAL
from dedupe.text_hashes import hashes_of
from dedupe.whole_list import WholeWords

_BUCKETS = np.uint64(64)
#: The rows with a name, and the towns that have one.
_BEARERS, _TOWNS = "bearers", "towns"
#: What is counted, and how many a value that is left out may have: names and towns, or rows.
_DISTINCT = {**dict.fromkeys((*SHARED, ADDRESS), 3), _TOWNS: 1}
_ROWS = {**dict.fromkeys(PLACES, 0), _BEARERS: 3}
_KINDS = [*_DISTINCT, *_ROWS]
#: A value, and one of those that are counted; -1 for rows, of which there are `times`.
_MET = pa.schema(
    [
        (BUCKET, pa.int64()),
        ("kind", pa.int64()),
        ("value", pa.int64()),
        ("who", pa.int64()),
        ("times", pa.int64()),
    ]
)


def counts_of(flow: Flow, nodes: Any, words: WholeWords, count: int) -> ListCounts:
    """Count the values and names of a list of so many distinct rows."""
    met = flow.each(nodes, _Met(flow.shared(words)), _MET)
    found = flow.collect(flow.bucketed(met, _counted, _MET))
    kinds, values, times = ints(found, "kind"), ints(found, "value"), ints(found, "times")
    counts: dict[str, Counts] = {}
    stated: dict[str, int] = {}
    for at, kind in enumerate(_KINDS):
        chosen = np.flatnonzero(kinds == at)
        hashes = unsigned(values[chosen])
        order = np.argsort(hashes)
        least = (_DISTINCT | _ROWS)[kind]
        counts[kind] = Counts(hashes[order], times[chosen][order], least)
        if kind in PLACES:
            stated[kind] = int(times[chosen].sum())
    return ListCounts(count, counts.pop(_BEARERS), counts.pop(_TOWNS), counts, stated)


class _Met:
    def __init__(self, words: Callable[[], WholeWords]) -> None:
        self._words = words

    def __call__(self, nodes: pa.Table) -> pa.Table:
        found = [*self._distinct(nodes), *_rows(nodes)]
        kinds, values, whos, times = (
            np.concatenate([part[at] for part in found]) if found else np.empty(0, np.int64)
            for at in range(4)
        )
        return _met_table(kinds, values, whos, times)

    def _distinct(self, nodes: pa.Table) -> Iterator[tuple[Ints, Ints, Ints, Ints]]:
        cores = hashes_of(texts(nodes, "core"))
        for name in SHARED:
            rows = texts(nodes, name)
            if name in SEVERAL:
                owners = np.repeat(cores, [len(row) for row in rows])
                yield _pairs(name, hashes_of([one for row in rows for one in row]), owners)
            else:
                yield _pairs(name, hashes_of(rows), cores)
        addresses = hashes_of_addresses(texts(nodes, "street_number"), texts(nodes, "street_name"))
        yield _pairs(ADDRESS, addresses, cores)
        names, of_node, _, _ = part_names(nodes)
        words = hashes_of_words(tabulate_part(names, self._words(), None))
        cities = hashes_of(texts(nodes, "city"))
        known = np.flatnonzero(cities)
        yield _pairs(_TOWNS, words[of_node[known]], cities[known])


def _pairs(
    kind: str, values: NDArray[np.uint64], whos: NDArray[np.uint64]
) -> tuple[Ints, Ints, Ints, Ints]:
    """Return the different values with those that have them; missing values are left out."""
    some = np.flatnonzero(values)
    code, who = _once(signed(values[some]), signed(whos[some]))
    return np.full(len(code), _KINDS.index(kind)), code, who, np.ones(len(code), np.int64)


def _once(values: Ints, whos: Ints) -> tuple[Ints, Ints]:
    order = np.lexsort((whos, values))
    values, whos = values[order], whos[order]
    new = first_of_each(values, whos)
    return values[new], whos[new]


def _rows(nodes: pa.Table) -> Iterator[tuple[Ints, Ints, Ints, Ints]]:
    for kind in _ROWS:
        hashes = hashes_of(texts(nodes, "core" if kind == _BEARERS else kind))
        values, times = np.unique(hashes[hashes != 0], return_counts=True)
        yield (
            np.full(len(values), _KINDS.index(kind)),
            signed(values),
            np.full(len(values), -1),
            times.astype(np.int64),
        )


def _met_table(kinds: Ints, values: Ints, whos: Ints, times: Ints) -> pa.Table:
    bucket = (unsigned(values) % _BUCKETS).astype(np.int64)
    return table_of(_MET, bucket=bucket, kind=kinds, value=values, who=whos, times=times)


def _counted(met: pa.Table) -> pa.Table:
    """Count what a bucket has of each value, and leave out values that have little."""
    kinds, values, whos, times = (ints(met, name) for name in ("kind", "value", "who", "times"))
    parts: list[tuple[Ints, Ints, Ints]] = []
    for at, kind in enumerate(_KINDS):
        chosen = np.flatnonzero(kinds == at)
        if kind in _DISTINCT:
            every, _ = _once(values[chosen], whos[chosen])
            found, counted = np.unique(every, return_counts=True)
        else:
            found, back = np.unique(values[chosen], return_inverse=True)
            counted = np.zeros(len(found), dtype=np.int64)
            np.add.at(counted, back, times[chosen])
        kept = counted > (_DISTINCT | _ROWS)[kind]
        parts.append((np.full(int(kept.sum()), at), found[kept], counted[kept].astype(np.int64)))
    kinds, values, times = (np.concatenate([part[at] for part in parts]) for at in range(3))
    return _met_table(kinds, values, np.full(len(kinds), -1), times)
