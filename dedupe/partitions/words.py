"""Count and weigh the words of all names of a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from dedupe.arrays import order_of
from dedupe.core_words import CoreWords
from dedupe.expansions import expanded
from dedupe.names_table import tabulate_part, times_in_place, weigh_words, weights_in_place
from dedupe.partitions.columns import ints, table_of, texts
from dedupe.partitions.flow import BUCKET, Flow
from dedupe.partitions.part_table import part_names
from dedupe.sounds import latin_spellings
from dedupe.spelled_words import spelled_words
from dedupe.text_hashes import hashes_of
from dedupe.whole_list import WholeWords
from dedupe.word_shapes import WordShapes

#: Words are counted in so many buckets.
_BUCKETS = np.uint64(64)
_COUNTED = pa.schema(
    [(BUCKET, pa.int64()), ("text", pa.string()), ("times", pa.int64()), ("placed", pa.int64())]
)


def words_of(flow: Flow, names: Any, foreign: frozenset[str], count: int) -> WholeWords:
    """Weigh the words of the names of a list, of which there are so many; places are left out."""
    latin = _latin(flow, names, foreign)
    spelled = flow.each(names, _Spelled(latin), _COUNTED)
    found = flow.collect(flow.bucketed(spelled, _summed, _COUNTED))
    unordered = texts(found, "text")
    order = order_of(unordered)
    vocabulary = [unordered[at] for at in order.tolist()]
    times = ints(found, "times")[order]
    shapes = WordShapes.of(vocabulary)
    instead = expanded(vocabulary, shapes)
    frequencies = np.bincount(instead, weights=times, minlength=len(vocabulary)).astype(np.int64)
    weighed = weigh_words(vocabulary, frequencies, shapes, count)
    by_hash = np.argsort(hashes_of(vocabulary))
    corrected = np.flatnonzero(weighed.corrections >= 0).tolist()
    abbreviated = np.flatnonzero(instead != np.arange(len(instead))).tolist()
    return WholeWords(
        hashes=hashes_of(vocabulary)[by_hash],
        weights=weighed.weights[by_hash],
        placed=None,
        frequencies=frequencies[by_hash],
        kinds=weighed.kinds[by_hash],
        corrections={vocabulary[at]: vocabulary[weighed.corrections[at]] for at in corrected},
        expansions={vocabulary[at]: vocabulary[instead[at]] for at in abbreviated},
        latin=latin,
    )


def with_places(flow: Flow, nodes: Any, words: WholeWords) -> WholeWords:
    """Lower the weights of words that name the place of most companies with them."""
    counted = flow.each(nodes, _Placed(flow.shared(words)), _COUNTED)
    found = flow.collect(flow.bucketed(counted, _summed, _COUNTED))
    at = np.searchsorted(words.hashes, hashes_of(texts(found, "text")))
    borne, placed = (np.zeros(len(words.hashes), dtype=np.int64) for _ in range(2))
    borne[at], placed[at] = ints(found, "times"), ints(found, "placed")
    return words._replace(placed=weights_in_place(words.weights, borne, placed))


def _latin(flow: Flow, names: Any, foreign: frozenset[str]) -> dict[str, str]:
    """Return the Latin spellings of the words of other scripts."""
    if not foreign:
        return {}
    counted = flow.each(names, _split, _COUNTED)
    found = flow.collect(flow.bucketed(counted, _summed, _COUNTED))
    return latin_spellings(foreign, texts(found, "text"))


def _counted(words: list[str], times: Any, placed: Any) -> pa.Table:
    bucket = (hashes_of(words) % _BUCKETS).astype(np.int64)
    return table_of(_COUNTED, bucket=bucket, text=words, times=times, placed=placed)


def _split(names: pa.Table) -> pa.Table:
    found = CoreWords.of(texts(names, "core")).words
    return _counted(found, np.ones(len(found), np.int64), np.zeros(len(found), np.int64))


class _Spelled:
    def __init__(self, latin: Mapping[str, str]) -> None:
        self._latin = latin

    def __call__(self, names: pa.Table) -> pa.Table:
        cores = texts(names, "core")
        found = spelled_words(cores, CoreWords.of(cores), self._latin)
        times = np.bincount(found.flat, minlength=len(found.vocabulary))
        return _counted(found.vocabulary, times, np.zeros(len(times), np.int64))


class _Placed:
    def __init__(self, words: Callable[[], WholeWords]) -> None:
        self._words = words

    def __call__(self, nodes: pa.Table) -> pa.Table:
        whole = self._words()
        cores, of_node, city, cities = part_names(nodes)
        names = tabulate_part(cores, whole, None)
        borne, placed = times_in_place(names, of_node, city, cities, whole)
        met = np.flatnonzero(borne)
        return _counted([names.vocabulary[at] for at in met.tolist()], borne[met], placed[met])


def _summed(counted: pa.Table) -> pa.Table:
    """Add up what is counted of each word of a bucket."""
    every = texts(counted, "text")
    codes: dict[str, int] = {}
    at = np.array([codes.setdefault(text, len(codes)) for text in every], dtype=np.int64)
    sums = [np.zeros(len(codes), dtype=np.int64) for _ in range(2)]
    for total, name in zip(sums, ("times", "placed"), strict=True):
        np.add.at(total, at, ints(counted, name))
    return _counted(list(codes), *sums)
