"""Numeric shape of each word, to rule out in bulk pairs that cannot be typos or abbreviations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedupe.arrays import ODD, Codes, Flags, Ints

_DIGIT_BITS = 26
#: A length, a flag and a letter fit into 32 bits.
_LONGEST, LENGTH_BITS = 999, 10
#: Words that are compared with a few others at once: their numbers stay in the cache.
_AT_ONCE = 4_096
#: Texts whose letters are looked at together; bounds the memory.
_TEXTS = 50_000
#: Whether each ASCII sign is a vowel; the last one stands for all signs beyond.
_VOWELS: Flags = np.zeros(128, dtype=bool)
_VOWELS[list(b"aeiou")] = True


#: The first six places of a word, a row for each.
_SIX: Ints = np.arange(6)[:, None]


@dataclass(frozen=True, slots=True)
class WordShapes:
    """Lengths, letter bits and beginnings of the words of a vocabulary."""

    lengths: NDArray[np.int16]
    letters: NDArray[np.uint64]
    #: The first letter, and the first three; shorter words never share a three-letter beginning
    # by chance.
    first: NDArray[np.int32]
    first_three: NDArray[np.int64]
    #: A word of three to six letters as one number; -1 for other words.
    spelled: NDArray[np.int64]
    #: How many letters behind the first are vowels.
    vowels: NDArray[np.int16]
    #: A hash of the word with doubled letters collapsed.
    single: NDArray[np.uint64]

    @classmethod
    def of(cls, vocabulary: list[str]) -> WordShapes:
        """Build the shapes of a vocabulary."""
        if len(vocabulary) <= _TEXTS:
            return cls._of_some(vocabulary)
        starts = range(0, len(vocabulary), _TEXTS)
        parts = [cls._of_some(vocabulary[at : at + _TEXTS]) for at in starts]
        return cls(
            *(np.concatenate([getattr(one, name) for one in parts]) for name in cls.__slots__)
        )

    @classmethod
    def _of_some(cls, vocabulary: list[str]) -> WordShapes:
        signs, starts, lengths = _signs(vocabulary)
        behind = np.append(signs, np.zeros(6, np.uint32)).astype(np.int64)
        places = list(np.where(lengths > _SIX, behind[starts + _SIX], 0))
        spelled = sum((place & 127) << 7 * at for at, place in enumerate(places))
        return cls(
            lengths=np.minimum(lengths, _LONGEST).astype(np.int16),
            letters=_letters(signs, starts),
            first=places[0].astype(np.int32),
            first_three=places[0] | places[1] << 21 | places[2] << 42,
            spelled=np.where((lengths >= 3) & (lengths <= 6), spelled, -1),
            vowels=_vowels_behind_first(signs, starts),
            single=_written_once(signs, starts, lengths),
        )

    def marks(self, flags: Flags) -> NDArray[np.uint32]:
        """Return the first letter, a flag and the length of each word as one number."""
        found = self.first.astype(np.uint32) << np.uint32(LENGTH_BITS + 1)
        found |= flags.astype(np.uint32) << np.uint32(LENGTH_BITS)
        found |= self.lengths.astype(np.uint32)
        return found

    def nearly_same_letters(self, left: Codes, right: Codes) -> Flags:
        """Check whether two words of nearly one length have few letters that differ."""
        unlike = np.bitwise_count(self.letters[left] ^ self.letters[right])
        slips = slips_of(np.maximum(self.lengths[left], self.lengths[right]))
        return np.asarray(unlike <= 2 * slips)

    def begin_alike(self, left: Codes | Ints, right: Codes | Ints) -> Flags:
        """Check whether one word could be the beginning of the other."""
        shortest = np.minimum(self.lengths[left], self.lengths[right])
        begun_alike = (self.first_three[left] == self.first_three[right]) & (shortest >= 3)
        return np.asarray(begun_alike | ((shortest == 1) & (self.first[left] == self.first[right])))

    def could_be_contracted(self, left: Codes | Ints, right: Codes | Ints) -> Ints:
        """Return the pairs of which one word could be the other without some of its letters."""
        begun = np.flatnonzero(self.first[left] == self.first[right])
        mine, theirs = self.lengths[left[begun]], self.lengths[right[begun]]
        long = (np.abs(mine - theirs) > 1) & (np.minimum(mine, theirs) > 2)
        fit, shorter = begun[long], (mine < theirs)[long]
        left, right = left[fit], right[fit]
        short, long = np.where(shorter, left, right), np.where(shorter, right, left)
        fewer = self.vowels[short] * 3 <= self.lengths[short]
        within = self.letters[short] & ~self.letters[long] == 0
        return np.asarray(fit[fewer & within], dtype=np.int64)

    def near(
        self, others: WordShapes, most: NDArray[np.int16], unlike: NDArray[np.int16], places: Ints
    ) -> Iterator[tuple[int, int]]:
        """Yield the words at some places that nearly have the letters of a few other words.

        Each comes as the place of the other word and its own. For each other word, `most` is how
        many letters longer or shorter a word may be, and `unlike` how many of its letters may
        occur in one of the two alone.
        """
        for start in range(0, len(places), _AT_ONCE):
            some = places[start : start + _AT_ONCE]
            longer = np.abs(self.lengths[some] - others.lengths[:, None]) <= most[:, None]
            letters = np.bitwise_count(self.letters[some] ^ others.letters[:, None])
            place, at = (longer & (letters <= unlike[:, None])).nonzero()
            yield from zip(place.tolist(), some[at].tolist(), strict=True)

    def may_be_plural(self, left: Codes | Ints, right: Codes | Ints) -> Flags:
        """Check for words that begin alike, one with a letter more: Motor, Motors."""
        longer = np.abs(self.lengths[left] - self.lengths[right])
        return np.asarray((longer == 1) & self.begin_alike(left, right))

    def begin_apart(self, left: Codes | Ints, right: Codes | Ints) -> Flags:
        """Check for short words of one length that begin with other letters: Löwe, Möwe."""
        mine, theirs = self.lengths[left], self.lengths[right]
        return np.asarray((mine == theirs) & (mine <= 4) & (self.first[left] != self.first[right]))

    def same_letters(self, left: Codes | Ints, right: Codes | Ints) -> Flags:
        """Check for words of 5+ letters with the same start and letters (swapped, doubled): a
        typo.
        """
        mine, theirs = self.lengths[left], self.lengths[right]
        swapped = (mine == theirs) & (self.letters[left] == self.letters[right])
        doubled = self.single[left] == self.single[right]
        return np.asarray(
            (swapped | doubled)
            & (np.maximum(mine, theirs) > 4)
            & (self.first[left] == self.first[right])
        )


def slips_of(lengths: NDArray[np.int16]) -> NDArray[np.int16]:
    """Return how many letters of a word of each length may be wrong."""
    return np.minimum(lengths // 4, 3)


def letters_of(texts: list[str]) -> NDArray[np.uint64]:
    """For each text, set a bit for each distinct letter and digit."""
    found = np.zeros(len(texts), dtype=np.uint64)
    for at in range(0, len(texts), _TEXTS):
        signs, starts, lengths = _signs(texts[at : at + _TEXTS])
        some = np.flatnonzero(lengths)
        found[at + some] = _letters(signs, starts[some])
    return found


def _signs(texts: list[str]) -> tuple[NDArray[np.uint32], Ints, Ints]:
    """Return the code points of all texts concatenated, and each text's start and length."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    return (
        np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32),
        np.cumsum(lengths) - lengths,
        lengths,
    )


def _letters(signs: NDArray[np.uint32], starts: Ints) -> NDArray[np.uint64]:
    if not len(starts):
        return np.empty(0, np.uint64)
    letter = (signs >= 97) & (signs <= 122)
    return np.bitwise_or.reduceat(
        np.left_shift(
            np.uint64(1), np.where(letter, signs - 97, _DIGIT_BITS + signs % 32).astype(np.uint64)
        ),
        starts,
    )


def _vowels_behind_first(signs: NDArray[np.uint32], starts: Ints) -> NDArray[np.int16]:
    """Count the vowels of each word behind its first letter."""
    if not len(starts):
        return np.empty(0, np.int16)
    vowel = _VOWELS[np.minimum(signs, len(_VOWELS) - 1)]
    vowel[starts] = False
    return np.add.reduceat(vowel, starts, dtype=np.int16)


def _written_once(signs: NDArray[np.uint32], starts: Ints, lengths: Ints) -> NDArray[np.uint64]:
    """Return equal numbers for words that are equal once doubled letters are collapsed."""
    if not len(starts):
        return np.empty(0, np.uint64)
    again = np.append(False, (signs[1:] == signs[:-1]) & (signs[1:] >= 97) & (signs[1:] <= 122))
    again[starts] = False
    kept = np.cumsum(~again)
    place = kept - np.repeat(kept[starts], lengths)
    powers = np.cumprod(np.full(int(place.max()) + 1, ODD), dtype=np.uint64)
    return np.add.reduceat(
        np.where(again, np.uint64(0), signs.astype(np.uint64) * powers[place]), starts
    )
