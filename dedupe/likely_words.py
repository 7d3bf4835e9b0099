"""Find in bulk the words of two names that may be one: by a slip, cut off, or contracted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dedupe.arrays import Codes, Flags, Ints
from dedupe.names_table import Names
from dedupe.word_shapes import LENGTH_BITS, slips_of

Marks = NDArray[np.uint32]

#: All places of the words of so few pairs are looked at together: each step takes its time.
FEW = 500

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


def _near_marks(
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


def likely(
    names: Names, mine: tuple[Codes, Flags], theirs: tuple[Codes, Flags]
) -> tuple[Ints, Ints, Ints]:
    """Return the words that may be one: the pair and both places.

    Both sides have the words of each pair, and which of them are asked about.
    """
    if len(mine[0]) <= FEW:
        return _of_few(names, mine, theirs)
    left, right = (WordPlaces(words, asked, names.marks) for words, asked in (mine, theirs))
    places = [(one, other) for one in range(left.width) for other in range(right.width)]
    pairs = [_at(names, left, right, *two) for two in places]
    sizes = list(map(len, pairs))
    at_left, at_right = (np.repeat(at, sizes) for at in np.array(places).T)
    return np.concatenate(pairs), at_left, at_right


def _of_few(
    names: Names, mine: tuple[Codes, Flags], theirs: tuple[Codes, Flags]
) -> tuple[Ints, Ints, Ints]:
    """Return the same of a few pairs: as if each two words were a pair of names of one word."""
    pair, *places = (mine[1][:, :, None] & theirs[1][:, None, :]).nonzero()
    every = np.ones((len(pair), 1), dtype=bool)
    left, right = (
        WordPlaces(side[0][pair, at][:, None], every, names.marks)
        for side, at in zip((mine, theirs), places, strict=True)
    )
    found = _at(names, left, right, 0, 0)
    return pair[found], places[0][found], places[1][found]


def _at(names: Names, left: WordPlaces, right: WordPlaces, one: int, other: int) -> Ints:
    """Return the pairs whose words at two places may be one."""
    both = left.asked[:, one] & right.asked[:, other]
    if not both.any():
        return np.empty(0, np.int64)
    mine, theirs = left.words[:, one], right.words[:, other]
    as_long, begun, with_correction = _near_marks(left, right, one, other, both)
    found = np.zeros(len(mine), dtype=bool)
    # Of a few pairs, most checks are asked about none.
    if len(as_long):
        found[as_long[names.shapes.nearly_same_letters(mine[as_long], theirs[as_long])]] = True
    if len(begun):
        found[begun[names.shapes.begin_alike(mine[begun], theirs[begun])]] = True
        found[begun[names.shapes.could_be_contracted(mine[begun], theirs[begun])]] = True
    if len(with_correction):
        at = with_correction
        found[at[corrected(names, mine[at], theirs[at])]] = True
    return np.flatnonzero(found)


def corrected(names: Names, left: Codes, right: Codes) -> Flags:
    """Check for a word and a typo of it."""
    return np.asarray((names.correction[left] == right) | (names.correction[right] == left))
