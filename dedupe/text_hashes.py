"""Hashes of many texts at once; the same on every machine, so that they can be stored."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dedupe.arrays import Codes, Ints, mixed

Hashes = NDArray[np.uint64]

#: Bits of a letter's position; the letter itself is in the bits above.
_PLACE_BITS = np.uint64(20)


def hashes_of(texts: Sequence[str]) -> Hashes:
    """Return a hash of 64 bits for each text; equal texts have equal hashes."""
    found = np.zeros(len(texts), dtype=np.uint64)
    signs = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    if not len(signs):
        return found
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    starts = np.cumsum(lengths) - lengths
    place = np.arange(len(signs)) - np.repeat(starts, lengths)
    letters = mixed((signs.astype(np.uint64) << _PLACE_BITS) + place.astype(np.uint64) + 1)
    some = np.flatnonzero(lengths)
    found[some] = mixed(np.add.reduceat(letters, starts[some]))
    return found


def hashes_of_both(left: Hashes, right: Hashes) -> Hashes:
    """Return a hash for each pair of hashes, in which the order counts."""
    return mixed(mixed(left + np.uint64(1)) ^ right)


def hashes_of_codes(texts: Sequence[str], codes: Ints | Codes) -> Hashes:
    """Return the hash of the text of each code; 0 where the code is -1."""
    return np.append(hashes_of(texts), np.uint64(0))[codes]
