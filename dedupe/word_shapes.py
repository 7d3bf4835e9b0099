"""The shape of each word as numbers, to rule out in bulk the pairs of words that cannot be one word misspelled or shortened."""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from dedupe.arrays import Coder, Codes, Flags, Ints

_DIGIT_BITS = 26
_DOUBLED = re.compile(r"([a-z])\1")


@dataclass(frozen=True, slots=True)
class WordShapes:
    """Lengths, letters (a bit for each) and beginnings of the words of a vocabulary."""

    lengths: NDArray[np.int16]
    letters: NDArray[np.uint64]
    #: The first letter, and the first three; words of other lengths never share a beginning of three by chance.
    first: NDArray[np.int32]
    first_three: NDArray[np.int32]
    #: A word of three to six letters as one number, -1 for others.
    spelled: NDArray[np.int64]
    #: A code for the word with doubled letters written once.
    single: NDArray[np.int32]

    @classmethod
    def of(cls, vocabulary: list[str]) -> WordShapes:
        """The shapes of a vocabulary."""
        count = len(vocabulary)
        lengths = np.fromiter(map(len, vocabulary), dtype=np.int64, count=count)
        first = np.fromiter(map(ord, map(itemgetter(0), vocabulary)), dtype=np.int32, count=count)
        first_three = _coded([word[:3] for word in vocabulary])
        short = np.flatnonzero((lengths >= 3) & (lengths <= 6))
        spelled = np.full(count, -1, dtype=np.int64)
        spelled[short] = np.fromiter((_spelled(vocabulary[at]) for at in short.tolist()), dtype=np.int64, count=len(short))
        lengths_, letters, doubled = np.minimum(lengths, 999).astype(np.int16), *_letters(vocabulary, lengths)
        once = list(vocabulary)
        for at in np.flatnonzero(doubled).tolist():
            once[at] = _DOUBLED.sub(r"\1", once[at])
        single = _coded(once)
        return cls(lengths_, letters, first, first_three, spelled, single)

    def could_be_one(self, left: Codes, right: Codes) -> Flags:
        """Whether two words are so alike in length and letters that comparing them is worth it."""
        mine, theirs = self.lengths[left], self.lengths[right]
        slips = np.minimum(np.maximum(mine, theirs) // 4, 3)
        unlike = np.bitwise_count(self.letters[left] ^ self.letters[right])
        misspelled = (np.abs(mine - theirs) <= slips) & (unlike <= 2 * slips)
        return np.asarray(misspelled | self.begin_alike(left, right))

    def begin_alike(self, left: Codes | Ints, right: Codes | Ints) -> Flags:
        """Whether one word could be the beginning of the other."""
        shortest = np.minimum(self.lengths[left], self.lengths[right])
        begun_alike = (self.first_three[left] == self.first_three[right]) & (shortest >= 3)
        return np.asarray(begun_alike | ((shortest == 1) & (self.first[left] == self.first[right])))

    def same_letters(self, left: Codes | Ints, right: Codes | Ints) -> Flags:
        """Whether two words of five letters or more begin alike and have the same letters, swapped or doubled: a slip of the pen."""
        mine, theirs = self.lengths[left], self.lengths[right]
        swapped = (mine == theirs) & (self.letters[left] == self.letters[right])
        doubled = self.single[left] == self.single[right]
        return np.asarray((swapped | doubled) & (np.maximum(mine, theirs) > 4) & (self.first[left] == self.first[right]))


def _spelled(word: str) -> int:
    """The letters of a short word as digits to the base of 128."""
    return sum((ord(letter) & 127) << 7 * at for at, letter in enumerate(word))


def _coded(texts: list[str]) -> NDArray[np.int32]:
    """The same number for the same text."""
    return Coder().encode(texts)


def _letters(vocabulary: list[str], lengths: Ints) -> tuple[NDArray[np.uint64], Flags]:
    """For each word a bit for each different letter and digit, and whether it has a letter twice in a row."""
    if not vocabulary:
        return np.empty(0, np.uint64), np.empty(0, np.bool_)
    signs = np.frombuffer("".join(vocabulary).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    letter = (signs >= 97) & (signs <= 122)
    bits = np.left_shift(np.uint64(1), np.where(letter, signs - 97, _DIGIT_BITS + signs % 32).astype(np.uint64))
    starts = np.cumsum(lengths) - lengths
    same_as_next = np.append((signs[1:] == signs[:-1]) & letter[1:], False)
    same_as_next[starts[1:] - 1] = False
    return np.bitwise_or.reduceat(bits, starts), np.logical_or.reduceat(same_as_next, starts)
