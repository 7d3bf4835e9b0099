"""Pair names that are neighbours in the order of their spelling, across partitions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from dedupe.arrays import Ints
from dedupe.block import caps_of
from dedupe.names_table import Names, spelled_alike, tabulate_part
from dedupe.partitions.columns import PAIRS, TEXT, as_texts, ints, pairs_table, table_of, texts
from dedupe.partitions.flow import BUCKET, Flow
from dedupe.text_hashes import hashes_of
from dedupe.whole_list import WholeWords

#: Names in the order of a bucket; `near` is the place in it.
_PLACED = pa.schema(
    [
        (BUCKET, pa.int64()),
        ("text", pa.string()),
        ("id", pa.int64()),
        ("size", pa.int64()),
        ("letters", pa.int64()),
        ("place", pa.int64()),
        ("of", pa.int64()),
    ]
)
_SAMPLED = 64
_WAYS = {"spelling order": False, "order of the ends": True}


def neighbours(flow: Flow, names: Any, words: WholeWords, buckets: int) -> list[Any]:
    """Return the pairs of neighbours, by the beginnings and by the ends of names."""
    shared = flow.shared(words)
    found: list[Any] = []
    for key, turned in _WAYS.items():
        window = caps_of(0)[key].window
        sample = flow.each(names, _Sample(shared, turned=turned, some=buckets > 1), TEXT)
        every = sorted(texts(flow.collect(sample), "text"))
        borders = every[len(every) // buckets :: max(len(every) // buckets, 1)] if every else []
        placed = flow.keep(
            flow.bucketed(
                flow.each(names, _Spelled(shared, borders, turned=turned), _PLACED),
                _in_order,
                _PLACED,
            )
        )
        found.append(flow.bucketed(placed, _Near(window), PAIRS))
        seams = flow.collect(flow.each(placed, _Ends(window), _PLACED))
        found.append(flow.data(_across(seams, window)))
    return found


class _Sample:
    def __init__(self, words: Callable[[], WholeWords], *, turned: bool, some: bool) -> None:
        self._words, self._turned, self._some = words, turned, some

    def __call__(self, table: pa.Table) -> pa.Table:
        cores = texts(table, "core") if self._some else []
        chosen = np.flatnonzero(hashes_of(cores) % np.uint64(_SAMPLED) == 0).tolist()
        names = tabulate_part(sorted(cores[at] for at in chosen), self._words(), None)
        return as_texts(_spellings(names, turned=self._turned))


def _spellings(names: Names, *, turned: bool) -> list[str]:
    return [text[::-1] for text in names.squashed] if turned else names.squashed


class _Spelled:
    def __init__(
        self, words: Callable[[], WholeWords], borders: Sequence[str], *, turned: bool
    ) -> None:
        self._words, self._borders, self._turned = words, borders, turned

    def __call__(self, table: pa.Table) -> pa.Table:
        ids = ints(table, "id")
        order = np.argsort(ids)
        cores = texts(table, "core")
        names = tabulate_part([cores[at] for at in order.tolist()], self._words(), None)
        spelled = _spellings(names, turned=self._turned)
        none = np.zeros(len(ids), dtype=np.int64)
        return table_of(
            _PLACED,
            bucket=[bisect_right(self._borders, text) for text in spelled],
            text=spelled,
            id=ids[order],
            size=names.sizes,
            letters=names.letters.view(np.int64),
            place=none,
            of=none,
        )


def _in_order(table: pa.Table) -> pa.Table:
    """Return the names of a bucket in order, with their places."""
    rows = zip(texts(table, "text"), ints(table, "id").tolist(), range(len(table)), strict=True)
    ordered = table.take(pa.array([row[-1] for row in sorted(rows)], type=pa.int64()))
    places = pa.array(np.arange(len(table)))
    sizes = pa.array(np.full(len(table), len(table)))
    ordered = ordered.set_column(ordered.schema.get_field_index("place"), "place", places)
    return ordered.set_column(ordered.schema.get_field_index("of"), "of", sizes)


class _Near:
    """Work that pairs the neighbours of a bucket."""

    def __init__(self, window: int) -> None:
        self._window = window

    def __call__(self, table: pa.Table) -> pa.Table:
        table = table.sort_by("place")
        return _pairs(table, np.arange(len(table)), self._window, across=False)


class _Ends:
    """Work that keeps the first and last names of buckets."""

    def __init__(self, window: int) -> None:
        self._window = window

    def __call__(self, table: pa.Table) -> pa.Table:
        place, of = ints(table, "place"), ints(table, "of")
        ends = (place < self._window) | (place >= of - self._window)
        return table.take(pa.array(np.flatnonzero(ends)))


def _across(seams: pa.Table, window: int) -> pa.Table:
    """Pair the neighbours of different buckets."""
    seams = seams.sort_by([(BUCKET, "ascending"), ("place", "ascending")])
    buckets, of = ints(seams, BUCKET), ints(seams, "of")
    every, first = np.unique(buckets, return_index=True)
    starts = np.cumsum(of[first]) - of[first]
    places = starts[np.searchsorted(every, buckets)] + ints(seams, "place")
    return _pairs(seams, places, window, across=True)


def _pairs(table: pa.Table, places: Ints, window: int, *, across: bool) -> pa.Table:
    """Pair rows whose places, which ascend, are at most `window` apart."""
    ids, sizes = ints(table, "id"), ints(table, "size")
    letters = ints(table, "letters").view(np.uint64)
    buckets = ints(table, BUCKET)
    parts: list[tuple[Ints, Ints]] = []
    for step in range(1, window + 1):
        left = np.arange(max(len(table) - step, 0))
        right = left + step
        near = places[right] - places[left] <= window
        if across:
            near &= buckets[left] != buckets[right]
        left, right = left[near], right[near]
        kept = spelled_alike(sizes, letters, left, right)
        parts.append((ids[left[kept]], ids[right[kept]]))
    return pairs_table(*(np.concatenate([part[at] for part in parts]) for at in range(2)))
