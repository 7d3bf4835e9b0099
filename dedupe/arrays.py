"""NumPy types of the engine, and helpers that turn text into arrays of codes."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from itertools import count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]
#: Eight flags per entry.
Bits = NDArray[np.uint8]

#: Code of a missing value.
MISSING = -1
#: Base for polynomial hashes. It is odd, so no bits are lost; its powers encode letter positions.
ODD = np.uint64(0x9E3779B97F4A7C15)
#: So many ASCII letters are one number.
_LETTERS = 8
#: Python sorts fewer texts than this faster.
_FEW = 100


class Column(NamedTuple):
    """The distinct texts of a column, and for each row which of them it has."""

    texts: list[str]
    at: Codes

    @classmethod
    def of(cls, texts: Sequence[str]) -> Column:
        """Look for the distinct texts of a column; many rows of a list repeat one."""
        if not any(texts):
            return cls([""], np.zeros(len(texts), dtype=np.int32))
        places: defaultdict[str, int] = defaultdict(count().__next__)
        at = np.fromiter(map(places.__getitem__, texts), dtype=np.int32, count=len(texts))
        return cls(list(places), at)


class Coder:
    """Map texts to integers in the order of the texts, so row order never affects results."""

    def __init__(self) -> None:
        # A new text gets the next number, so the texts stay in the order of their codes.
        self._codes: defaultdict[str, int] = defaultdict(count().__next__, {"": MISSING})

    def code(self, text: str) -> int:
        """Return the provisional code of a text; -1 if empty."""
        return self._codes[text]

    def encode(self, texts: Sequence[str]) -> Codes:
        """Return the provisional codes of many texts."""
        found = map(self._codes.__getitem__, texts)
        return np.fromiter(found, dtype=np.int32, count=len(texts))

    def encode_as(self, read: Callable[[str], str], column: Column) -> Codes:
        """Return the provisional codes of what `read` returns, which is asked once a text."""
        return self.encode([read(text) for text in column.texts])[column.at]

    def known(self) -> list[str]:
        """Return the texts in the order of their provisional codes."""
        return list(self._codes)[1:]

    def settled(self) -> tuple[list[str], Codes]:
        """Return the sorted texts, and the final code for each provisional code (last entry:
        -1).
        """
        texts = list(self._codes)[1:]
        if not texts:
            return [], np.full(1, MISSING, dtype=np.int32)
        order = order_of(texts)
        final = np.empty(len(texts) + 1, dtype=np.int32)
        final[-1] = MISSING
        final[order] = np.arange(len(texts), dtype=np.int32)
        return [texts[at] for at in order.tolist()], final


def order_of(texts: Sequence[str]) -> Ints:
    """Return the places of texts in their order; equal ones in the order of their places.

    Of many texts, eight letters are one number, and NumPy sorts numbers several times faster than
    Python texts.
    """
    if len(texts) < _FEW:
        return np.array(sorted(range(len(texts)), key=texts.__getitem__), dtype=np.int64)
    try:
        begins = np.array(texts, dtype=f"S{_LETTERS}").view(">u8").astype(np.uint64)
    except UnicodeEncodeError:
        return np.array(sorted(range(len(texts)), key=texts.__getitem__), dtype=np.int64)
    order = np.argsort(begins)
    again = begins[order[1:]] == begins[order[:-1]]
    alike = np.append(again, False) | np.append(False, again) if len(texts) else again
    order[alike] = sorted(np.sort(order[alike]).tolist(), key=texts.__getitem__)
    return order


def mixed(codes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return a hash of each code. Sums of hashes are equal only for the same codes."""
    spread = codes * ODD
    return (spread ^ spread >> np.uint64(29)) * ODD


def place_of(texts: Sequence[str], text: str) -> int | None:
    """Return the index of a text among sorted texts; None if missing."""
    at = bisect_left(texts, text)
    return at if at < len(texts) and texts[at] == text else None


def places_among(texts: Sequence[str], wanted: Collection[str]) -> list[int]:
    """Return the indexes, among sorted texts, of those that are wanted; the fewer are looked up."""
    if len(texts) < len(wanted):
        return [at for at, text in enumerate(texts) if text in wanted]
    return [at for text in wanted if (at := place_of(texts, text)) is not None]


def padded(rows: Sequence[Sequence[int]], width: int) -> Codes:
    """Build a table of `width` columns from rows of codes, padded with -1."""
    table = np.full((len(rows), width), MISSING, dtype=np.int32)
    for at, row in enumerate(rows):
        table[at, : len(row)] = row[:width]
    return table


def are_among(codes: Ints, known: Ints) -> Flags:
    """Check which codes are among a few sorted ones; several times faster than `np.isin`."""
    if not len(known):
        return np.zeros(len(codes), dtype=bool)
    at = np.searchsorted(known, codes)
    return np.asarray(known[np.minimum(at, len(known) - 1)] == codes)


def distinct(values: Ints) -> Ints:
    """Return sorted distinct values. Sorting is several times faster than `np.unique` here."""
    if not len(values):
        return values
    ordered = np.sort(values)
    return ordered[first_of_each(ordered)]


def first_of_each(*columns: Ints | Codes) -> Flags:
    """Mark the first of each run of entries that are equal in all of the sorted columns."""
    first = np.zeros(len(columns[0]), dtype=bool)
    first[:1] = True
    for column in columns:
        first[1:] |= column[1:] != column[:-1]
    return first


def groups(codes: Ints | Codes) -> tuple[Ints, Ints]:
    """Return starts and sizes of the runs of equal values in a sorted array."""
    if not len(codes):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    starts = np.flatnonzero(first_of_each(codes))
    return starts, np.diff(starts, append=len(codes))
