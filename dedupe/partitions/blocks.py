"""Blocking over partitions: entries of keys, brought together by key, and paired as in one list.

An entry is small (a hash and a few numbers), so a value that a million names share is no load: its
entries are in one bucket, and beyond the cap of its key only neighbours are paired.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dedupe.arrays import Ints, mixed
from dedupe.block import NEAR, caps_of, pairs_in_blocks, shared_tokens, slip_codes, two_words
from dedupe.counted import hashes_of_addresses
from dedupe.names_table import Names, spelled_alike, tabulate_part
from dedupe.partitions.columns import PAIRS, ints, pairs_table, table_of, texts
from dedupe.partitions.flow import BUCKET, Flow
from dedupe.text_hashes import hashes_of
from dedupe.whole_list import WholeWords

_ENTRIES = pa.schema(
    [
        (BUCKET, pa.int64()),
        ("key", pa.int64()),
        ("code", pa.int64()),
        # The place in the block: by the first, then the next ones.
        ("text", pa.string()),
        ("first", pa.int64()),
        ("member", pa.int64()),
        ("last", pa.int64()),
        # To see that two names cannot be spelled alike.
        ("size", pa.int64()),
        ("letters", pa.int64()),
    ]
)
_KEYS = tuple(caps_of(0))
#: Beginnings that are no key are shorter.
_BEGINNING, _SHORTEST = 6, 5


class _Entries(NamedTuple):
    key: str
    hashes: NDArray[np.uint64]
    #: Places of the members among the names or nodes of the part.
    at: Ints
    first: Ints | None = None
    last: Ints | None = None
    text: list[str] | None = None


def pairs_of_names(flow: Flow, names: Any, words: WholeWords, count: int, buckets: int) -> Any:
    """Return the pairs of names that a value of a key brings together."""
    entries = flow.each(names, _OfNames(flow.shared(words), count, buckets), _ENTRIES)
    return flow.bucketed(entries, _Paired(count), PAIRS)


def pairs_of_nodes(flow: Flow, nodes: Any, count: int, buckets: int) -> Any:
    """Return the pairs of nodes that a value of an attribute brings together."""
    return flow.bucketed(flow.each(nodes, _OfNodes(buckets), _ENTRIES), _Paired(count), PAIRS)


class _OfNames:
    def __init__(self, words: Callable[[], WholeWords], count: int, buckets: int) -> None:
        self._words, self._count, self._buckets = words, count, buckets

    def __call__(self, table: pa.Table) -> pa.Table:
        # A shuffle leaves names in any order.
        ids, order = ints(table, "id"), np.argsort(ints(table, "id"))
        cores = texts(table, "core")
        names = tabulate_part([cores[at] for at in order.tolist()], self._words(), None)
        found = [*_words(names, self._count), _beginnings(names), _slips(names)]
        return _table(found, ids[order], self._buckets, names)


def _words(names: Names, count: int) -> Iterator[_Entries]:
    tokens = shared_tokens(names)
    hashes = hashes_of(names.vocabulary)
    for place, column in enumerate(tokens.T):
        some = np.flatnonzero(column >= 0)
        yield _Entries("word", hashes[column[some]], some, np.full(len(some), place))
    pairs = two_words(names, tokens, caps_of(count)["word"].most)
    for place, (owner, one, other) in enumerate(pairs):
        both = mixed(hashes[one]) + mixed(hashes[other])
        yield _Entries("two words", both, owner, np.full(len(owner), place))


def _beginnings(names: Names) -> _Entries:
    begun = [text[:_BEGINNING] for text in names.squashed]
    at = np.array([at for at, text in enumerate(begun) if len(text) >= _SHORTEST], dtype=np.int64)
    return _Entries(
        "first six letters",
        hashes_of(begun)[at],
        at,
        text=[names.squashed[place] for place in at.tolist()],
    )


def _slips(names: Names) -> _Entries:
    codes, owners, words = slip_codes(names)
    lengths = names.shapes.lengths[words].astype(np.int64)
    hashes = codes.astype(np.uint64) << np.uint64(1)
    return _Entries("slip of the pen", hashes, owners, lengths, np.arange(len(codes)))


class _OfNodes:
    def __init__(self, buckets: int) -> None:
        self._buckets = buckets

    def __call__(self, nodes: pa.Table) -> pa.Table:
        found = [*_of_attributes(nodes), *_of_first_and_other_names(nodes)]
        return _table(found, ints(nodes, "id"), self._buckets, None)


def _of_attributes(nodes: pa.Table) -> Iterator[_Entries]:
    for name in ("domain", "phone"):
        rows = texts(nodes, name)
        for place in range(max(map(len, rows), default=0)):
            column = [row[place] if place < len(row) else "" for row in rows]
            yield _stated(name, hashes_of(column), place)
    yield _stated("register number", hashes_of(texts(nodes, "register_number")), 0)
    addresses = hashes_of_addresses(texts(nodes, "street_number"), texts(nodes, "street_name"))
    yield _stated("house number and street", addresses, 0)


def _of_first_and_other_names(nodes: pa.Table) -> Iterator[_Entries]:
    yield _stated("name", hashes_of(texts(nodes, "core")), 0)
    others = texts(nodes, "alias")
    owners = np.repeat(np.arange(len(nodes)), [len(row) for row in others])
    hashes = hashes_of([core for row in others for core in row])
    yield _Entries("name", hashes, owners, np.ones(len(owners), np.int64))


def _stated(key: str, hashes: NDArray[np.uint64], place: int) -> _Entries:
    some = np.flatnonzero(hashes)
    return _Entries(key, hashes[some], some, np.full(len(some), place))


def _table(entries: list[_Entries], ids: Ints, buckets: int, names: Names | None) -> pa.Table:
    """Return the entries of a part, in the buckets of their values."""
    keys = np.concatenate([np.full(len(one.at), _KEYS.index(one.key)) for one in entries])
    codes = np.concatenate([one.hashes for one in entries]) >> np.uint64(1)
    at = np.concatenate([one.at for one in entries]).astype(np.int64)
    first = np.concatenate([_or_zeros(one.first, one) for one in entries])
    last = np.concatenate([_or_zeros(one.last, one) for one in entries])
    written = [text for one in entries for text in one.text or [""] * len(one.at)]
    sizes, letters = (names.sizes, names.letters.view(np.int64)) if names else (ids, ids)
    spread = mixed(codes + keys.astype(np.uint64)) % np.uint64(buckets)
    return table_of(
        _ENTRIES,
        bucket=spread.astype(np.int64),
        key=keys,
        code=codes.astype(np.int64),
        text=written,
        first=first,
        member=ids[at],
        last=last,
        size=sizes[at],
        letters=letters[at],
    )


def _or_zeros(places: Ints | None, entries: _Entries) -> Ints:
    return np.zeros(len(entries.at), np.int64) if places is None else places


class _Paired:
    """Work that pairs the entries of a bucket, key by key."""

    def __init__(self, count: int) -> None:
        self._caps = caps_of(count)

    def __call__(self, entries: pa.Table) -> pa.Table:
        keys = ints(entries, "key")
        found = [
            self._of_key(_KEYS[key], entries.take(pa.array(np.flatnonzero(keys == key))))
            for key in np.unique(keys).tolist()
        ]
        left, right = (np.concatenate([pair[at] for pair in found]) for at in range(2))
        return pairs_table(left, right)

    def _of_key(self, key: str, entries: pa.Table) -> tuple[Ints, Ints]:
        codes, members = ints(entries, "code"), ints(entries, "member")
        order = np.lexsort((ints(entries, "last"), members, ints(entries, "first"), codes))
        if key == "first six letters":
            written = texts(entries, "text")
            rows = zip(codes.tolist(), written, members.tolist(), range(len(codes)), strict=True)
            order = np.array([row[-1] for row in sorted(rows)], dtype=np.int64)
        every, place = np.unique(members, return_index=True)
        local = np.searchsorted(every, members[order])
        pairs, _, _ = pairs_in_blocks(codes[order], local, len(every), *self._caps[key])
        left, right = pairs // max(len(every), 1), pairs % max(len(every), 1)
        if key in NEAR:
            sizes = ints(entries, "size")[place]
            letters = ints(entries, "letters")[place].view(np.uint64)
            kept = spelled_alike(sizes, letters, left, right)
            left, right = left[kept], right[kept]
        return every[left], every[right]
