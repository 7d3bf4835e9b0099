"""The shape of each word as numbers, to rule out in bulk the pairs of words that cannot be one word misspelled or shortened."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedupe.arrays import Codes, Flags, Ints

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
        lengths = np.fromiter((min(len(word), 999) for word in vocabulary), dtype=np.int16, count=count)
        letters = np.fromiter(map(_letters, vocabulary), dtype=np.uint64, count=count)
        first = np.fromiter((ord(word[0]) for word in vocabulary), dtype=np.int32, count=count)
        three: dict[str, int] = {}
        first_three = np.fromiter((three.setdefault(word[:3], len(three)) for word in vocabulary), dtype=np.int32, count=count)
        spelled = np.fromiter((_spelled(word) if 3 <= len(word) <= 6 else -1 for word in vocabulary), dtype=np.int64, count=count)
        once: dict[str, int] = {}
        single = np.fromiter((once.setdefault(_DOUBLED.sub(r"\1", word), len(once)) for word in vocabulary), dtype=np.int32, count=count)
        return cls(lengths, letters, first, first_three, spelled, single)

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


def _letters(word: str) -> int:
    """A bit for each different letter and digit."""
    bits = 0
    for letter in set(word):
        at = ord(letter)
        bits |= 1 << (at - 97 if 97 <= at <= 122 else _DIGIT_BITS + at % 32)
    return bits
