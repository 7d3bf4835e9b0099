"""Words one slip of the pen apart: those that are equal once a letter of one or both is left out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dedupe.arrays import ODD, Codes, Ints

_Hashes = NDArray[np.uint64]

#: In shorter words a slip leaves too little, in longer ones the spelling order brings the names
#: together.
_SHORTEST, _LONGEST = 4, 14


def slips(vocabulary: list[str], words: Codes | Ints) -> tuple[Ints, Ints]:
    """Codes shared by words that are one slip apart, and for each code the place of its word in
    `words`.

    A word has one code for itself and one for each of its letters left out (Mogara and Moagra share
    two of them). The codes are hashes: two words in a few billion share one by accident, which
    costs a comparison and nothing else.
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


def _letters(words: list[str], length: int) -> NDArray[np.uint64]:
    """The words as a table of code points, one column a letter."""
    signs = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return signs.reshape(len(words), length).astype(np.uint64)


def _hashes_of(letters: NDArray[np.uint64]) -> _Hashes:
    """By word the hash of the whole, and the hashes with each letter left out; sums of letters
    times a power for their place.
    """
    count, length = letters.shape
    powers = np.cumprod(np.full(length, ODD), dtype=np.uint64)
    before = np.zeros((count, length + 1), dtype=np.uint64)
    np.cumsum(letters * powers, axis=1, out=before[:, 1:])
    # What stands behind a letter left out moves one place forward.
    behind = np.zeros((count, length), dtype=np.uint64)
    behind[:, :-1] = (letters[:, 1:] * powers[:-1])[:, ::-1].cumsum(axis=1, dtype=np.uint64)[
        :, ::-1
    ]
    return np.concatenate([before[:, -1:], before[:, :-1] + behind], axis=1)
