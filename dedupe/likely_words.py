"""Find in bulk the words of two names that may be one: by a slip, cut off, or contracted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dedupe.arrays import Codes, Flags, Ints
from dedupe.word_shapes import LENGTH_BITS, slips_of

Marks = NDArray[np.uint32]

_LENGTHS = np.uint32((1 << LENGTH_BITS) - 1)
#: Marks that differ by less than this have the same first letter.
_FIRST = np.uint32(1 << LENGTH_BITS + 1)
_CORRECTED = np.uint32(1 << LENGTH_BITS)


class WordPlaces:
    """The words of one side of many pairs, a column for each place in the name."""

    def __init__(self, words: Codes, asked: Flags, marks: Marks) -> None:
        self.words, self.asked, self.marks = words, asked, marks[words]
        self.lengths = (self.marks & _LENGTHS).astype(np.int16)
        self.slips = slips_of(self.lengths)

    @property
    def width(self) -> int:
        """Return the number of places."""
        return int(self.words.shape[1])


def near_marks(
    left: WordPlaces, right: WordPlaces, one: int, other: int, both: Flags
) -> tuple[Ints, Ints, Ints]:
    """Return the pairs whose words at two places are about as long, those whose words begin with
    the same letter, and those with a word that has a correction. Only pairs with a flag are asked.
    """
    longer = np.abs(left.lengths[:, one] - right.lengths[:, other])
    as_long = longer <= np.maximum(left.slips[:, one], right.slips[:, other])
    differ = left.marks[:, one] ^ right.marks[:, other]
    corrected = (left.marks[:, one] | right.marks[:, other]) & _CORRECTED
    return (
        np.flatnonzero(both & as_long),
        np.flatnonzero(both & (differ < _FIRST)),
        np.flatnonzero(both & (corrected != 0)),
    )
