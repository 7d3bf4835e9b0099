"""Hashes of many texts at once; the same on every machine, so that they can be stored."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from operator import mul

import numpy as np
from numpy.typing import NDArray

from dedupe.arrays import ODD, Codes, Ints, mixed

Hashes = NDArray[np.uint64]
#: With fewer texts, NumPy takes longer to start than to count.
_FEW = 32
#: Texts whose letters are looked at together; bounds the memory.
_AT_ONCE = 50_000
#: The powers of ODD for the letters of a short text, and the sums of the first of them.
_ODD: int = int(ODD)
BITS = (1 << 64) - 1
POWERS: tuple[int, ...] = tuple(pow(_ODD, place, 1 << 64) for place in range(1, 65))
_SUMS = (0, *accumulate(POWERS))


def hashes_of(texts: Sequence[str]) -> Hashes:
    """Return a hash of 64 bits for each text, the same in every list; 0 for an empty one."""
    if len(texts) < _FEW:
        return np.array([hash_of(text) for text in texts], dtype=np.uint64)
    parts = [_hashes_of_many(texts[at : at + _AT_ONCE]) for at in range(0, len(texts), _AT_ONCE)]
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


@lru_cache(maxsize=1 << 14)
def hash_of(text: str) -> int:
    """Return the hash of one text: rows that are looked up state the same texts again."""
    if len(text) > len(POWERS):
        return int(_hashes_of_many([text])[0])
    letters: int = sum(map(mul, map(ord, text), POWERS))
    return mixed_code(letters + _SUMS[len(text)])


def mixed_code(code: int) -> int:
    """Return the hash of one code, as `mixed` makes it of many."""
    spread = code * _ODD & BITS
    return (spread ^ spread >> 29) * _ODD & BITS


def hash_of_both(left: int, right: int) -> int:
    """Return the hash of two hashes, in which the order counts."""
    return mixed_code(mixed_code(left + 1 & BITS) ^ right)


def _hashes_of_many(texts: Sequence[str]) -> Hashes:
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    signs = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    found = np.zeros(len(texts), dtype=np.uint64)
    some = np.flatnonzero(lengths)
    if not len(some):
        return found
    starts = np.cumsum(lengths) - lengths
    powers = np.cumprod(np.full(int(lengths.max()), ODD), dtype=np.uint64)
    place = np.arange(len(signs)) - np.repeat(starts, lengths)
    found[some] = np.add.reduceat((signs + np.uint64(1)) * powers[place], starts[some])
    return mixed(found)


def hashes_of_both(left: Hashes, right: Hashes) -> Hashes:
    """Return a hash for each pair of hashes, in which the order counts."""
    return mixed(mixed(left + np.uint64(1)) ^ right)


def hashes_of_codes(texts: Sequence[str], codes: Ints | Codes) -> Hashes:
    """Return the hash of the text of each code; 0 where the code is -1."""
    return hashes_of([*texts, ""])[codes]
