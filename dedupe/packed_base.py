"""Pack what is kept of a full comparison into parts of some kilobytes, and read them again."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from math import ceil, log2
from typing import Any
from uuid import UUID

import numpy as np

from dedupe.arrays import Codes, Ints, groups
from dedupe.corpus import Corpus
from dedupe.list_counts import Counts, ListCounts
from leads.ids import dashed

#: Bits of a key; the first ones tell its part.
_BITS = 63
#: About so many keys are one part.
_KEYS_A_PART = 1_024
#: Bytes of an id, and of a number.
_ID, _SIZE = 16, 4


def bits_for(keys: int) -> int:
    """Return how many bits of a key tell its part, for a number of keys."""
    return max(0, ceil(log2(max(keys, 1) / _KEYS_A_PART)))


def part_of(keys: Ints, bits: int) -> Ints:
    """Return the part of each key."""
    return np.asarray(keys >> (_BITS - bits) if bits else np.zeros_like(keys))


def packed_keys(keys: Ints, companies: Codes, bits: int) -> Iterator[tuple[int, bytes]]:
    """Yield the parts of sorted keys with their companies.

    A part has the lower half of each key, then the companies. The upper bits that neither it nor
    the part tells are left out: an equal rest by chance only costs a comparison.
    """
    starts, sizes = groups(part_of(keys, bits))
    for start, size in zip(starts.tolist(), sizes.tolist(), strict=True):
        some = slice(start, start + size)
        lower = keys[some].astype(np.uint32)
        order = np.argsort(lower, kind="stable")
        body = lower[order].astype("<u4").tobytes() + companies[some][order].astype("<i4").tobytes()
        yield int(part_of(keys[start : start + 1], bits)[0]), body


def companies_with(body: bytes, keys: Ints) -> Iterator[tuple[int, int]]:
    """Yield the entries of a part for some keys: each a key and a company."""
    both = np.frombuffer(body, dtype="<u4")
    half = len(both) // 2
    lower, companies = both[:half], both[half:].view("<i4")
    asked = keys.astype(np.uint32)
    starts = lower.searchsorted(asked).tolist()
    ends = lower.searchsorted(asked, side="right").tolist()
    for key, start, end in zip(keys.tolist(), starts, ends, strict=True):
        if start < end:
            for company in companies[start:end].tolist():
                yield key, company


def packed_rows(rows: Sequence[Sequence[Any]], a_part: int) -> Iterator[tuple[int, bytes]]:
    """Yield the ids of the rows of companies, `a_part` companies a part."""
    for at in range(0, len(rows), a_part):
        some = rows[at : at + a_part]
        sizes = np.array([len(some), *map(len, some)], dtype="<u4").tobytes()
        ids = [UUID(key).bytes for one in some for key in sorted(map(str, one))]
        yield at // a_part, sizes + b"".join(ids)


def rows_of(body: bytes, places: Sequence[int]) -> Iterator[list[str]]:
    """Yield the rows of the companies at some places of a part: their ids as texts."""
    count = int.from_bytes(body[:_SIZE], "little")
    sizes = np.frombuffer(body, dtype="<u4", count=count, offset=_SIZE)
    for place in places:
        start = (count + 1) * _SIZE + int(np.add.reduce(sizes[:place])) * _ID
        end = start + int(sizes[place]) * _ID
        yield [_id_at(body, at) for at in range(start, end, _ID)]


def _id_at(body: bytes, at: int) -> str:
    """Return the id at a place as a text: to make an object of each costs more."""
    return dashed(body[at : at + _ID].hex())


def packed_corpus(corpus: Corpus) -> bytes:
    """Pack the counts of a list."""
    arrays: dict[str, Any] = {"placed": corpus.placed}
    listed = corpus.counts
    every = {"words": corpus.words, "bearers": listed.bearers, "towns": listed.towns}
    every |= {f"value {name}": counts for name, counts in listed.values.items()}
    for name, counts in every.items():
        arrays[f"{name} hashes"], arrays[f"{name} times"] = counts.hashes, counts.times
    about = {
        "names": corpus.names,
        "nodes": listed.nodes,
        "values": list(listed.values),
        "stated": dict(listed.stated),
        "places": sorted(corpus.places),
        "letters": dict(corpus.letters),
        "sizes": {str(size): times for size, times in corpus.sizes.items()},
    }
    arrays["about"] = np.frombuffer(json.dumps(about).encode(), dtype=np.uint8)
    file = BytesIO()
    np.savez(file, **arrays)
    return zlib.compress(file.getvalue(), 1)


def read_corpus(body: bytes) -> Corpus:
    """Read packed counts."""
    with np.load(BytesIO(zlib.decompress(body)), allow_pickle=False) as arrays:
        about: Mapping[str, Any] = json.loads(arrays["about"].tobytes())
        values = {name: _counts(arrays, f"value {name}") for name in about["values"]}
        words, bearers, towns = (_counts(arrays, name) for name in ("words", "bearers", "towns"))
        placed = arrays["placed"]
    return Corpus(
        names=about["names"],
        words=words,
        placed=placed,
        counts=ListCounts(about["nodes"], bearers, towns, values, about["stated"]),
        places=frozenset(about["places"]),
        letters=Counter(about["letters"]),
        sizes=Counter({int(size): times for size, times in about["sizes"].items()}),
    )


def _counts(arrays: Any, name: str) -> Counts:
    return Counts(arrays[f"{name} hashes"], arrays[f"{name} times"])
