"""Find words one typo apart: they are equal after leaving out one letter of one or both."""

from __future__ import annotations

from operator import mul

import numpy as np
from numpy.typing import NDArray

from dedupe.arrays import ODD, Codes, Ints
from dedupe.text_hashes import BITS, POWERS

_Hashes = NDArray[np.uint64]

#: Shorter words are too ambiguous with a typo; longer ones are found by alphabetical order.
_SHORTEST, _LONGEST = 4, 14


def typo_codes(vocabulary: list[str], words: Codes | Ints) -> tuple[Ints, Ints]:
    """Return codes shared by words one typo apart, and the index in `words` for each code.

    Each word has a code for itself and one for each letter left out (Mogara and Moagra share two).
    The codes are hashes: a collision is rare (two words in billions) and only costs a comparison.
    """
    codes: list[_Hashes] = []
    places: list[Ints] = []
    lengths = np.fromiter(map(len, vocabulary), dtype=np.int64, count=len(vocabulary))[words]
    for length in range(_SHORTEST, _LONGEST + 1):
        of_length = np.flatnonzero(lengths == length)
        if len(of_length):
            found = _hashes_of(
                _letters([vocabulary[at] for at in words[of_length].tolist()], length)
            )
            codes.append(found.ravel())
            places.append(np.repeat(of_length, found.shape[1]))
    if not codes:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    return (np.concatenate(codes) >> np.uint64(1)).astype(np.int64), np.concatenate(places)


def typo_codes_of(word: str) -> list[int]:
    """Return the codes of one word, without NumPy."""
    if not _SHORTEST <= len(word) <= _LONGEST:
        return []
    signs = [ord(letter) for letter in word]
    left_out = (signs[:at] + signs[at + 1 :] for at in range(len(signs)))
    return [(sum(map(mul, one, POWERS)) & BITS) >> 1 for one in (signs, *left_out)]


def _letters(words: list[str], length: int) -> NDArray[np.uint64]:
    """Return the words as a table of code points, one row per letter."""
    signs = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.ascontiguousarray(signs.reshape(len(words), length).T, dtype=np.uint64)


def _hashes_of(letters: NDArray[np.uint64]) -> _Hashes:
    """Return each word's hash, and its hashes with each letter left out (polynomial sums)."""
    length, count = letters.shape
    powers = np.cumprod(np.full(length, ODD), dtype=np.uint64)[:, None]
    # A letter of all words at a time: NumPy is slow at short rows.
    found = np.zeros((length + 1, count), dtype=np.uint64)
    np.cumsum((letters[1:] * powers[:-1])[::-1], axis=0, out=found[1:-1][::-1])
    # Letters after the omitted one move one position forward.
    before = np.cumsum(letters * powers, axis=0, dtype=np.uint64)
    found[0] = before[-1]
    found[2:] += before[:-1]
    return np.ascontiguousarray(found.T)
