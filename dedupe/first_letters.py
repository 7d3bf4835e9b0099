"""The first letters of the words of each name as one number, to find initials in bulk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedupe.arrays import Flags, Ints, are_among
from dedupe.core_words import CoreWords

#: Letters, digits, and one sign for all others; nine of them fit into one number.
_SIGNS = 38
_DIGITS, _OTHER = 27, 37
#: The number of each ASCII sign; that of the last stands for all signs beyond.
_NUMBERS: Ints = np.full(128, _OTHER, dtype=np.int64)
_NUMBERS[ord("a") : ord("z") + 1] = np.arange(1, _DIGITS)
_NUMBERS[ord("0") : ord("9") + 1] = np.arange(_DIGITS, _OTHER)


@dataclass(frozen=True, slots=True)
class FirstLetters:
    """The first letters of names with at most nine words."""

    #: One number for all first letters of a name, and the number of its words.
    codes: Ints
    lengths: Ints
    #: How often each letter is the first of a word, and how many names have so many words.
    letters: Counter[str]
    sizes: Counter[int]

    @classmethod
    def of(cls, split: CoreWords, names: Ints) -> FirstLetters:
        """Read the first letters of some names."""
        lengths, starts = split.lengths[names], split.starts[names]
        place = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        every = np.frombuffer(split.first_letters().encode("utf-32-le", "surrogatepass"), np.uint32)
        letters = every[np.repeat(starts, lengths) + place]
        parts = _digits(letters) * _powers(place)
        first = np.flatnonzero(place == 0)
        codes = np.add.reduceat(parts, first) if len(first) else np.empty(0, np.int64)
        text = letters.tobytes().decode("utf-32-le", "surrogatepass")
        return cls(codes, lengths, Counter(text), Counter(lengths.tolist()))

    def are(self, texts: Iterable[str]) -> Flags:
        """Check for names whose first letters are one of these texts."""
        return are_among(self.codes, _codes_of(texts))

    def begin_with(self, texts: Iterable[str], count: int) -> Flags:
        """Check for names with more words, whose first letters begin with one of these texts."""
        begun = are_among(self.codes % _SIGNS**count, _codes_of(texts))
        return np.asarray(begun & (self.lengths > count))

    def are_but_for_last(self, texts: Iterable[str]) -> Flags:
        """Check for names whose first letters are one of these texts without the last word."""
        return are_among(self.codes % _powers(self.lengths - 1), _codes_of(texts))

    def repeat_one(self) -> Flags:
        """Check for names whose words all begin with the same letter."""
        repeated = (self.codes % _SIGNS) * ((_powers(self.lengths) - 1) // (_SIGNS - 1))
        return np.asarray(self.codes == repeated)


def may_be_blends(
    split: CoreWords, two: Ints, texts: Iterable[str], blends: Mapping[int, Sequence[int]]
) -> Flags:
    """Check for names of two words of which a text has the first letters: Federal Express, FedEx.

    `blends` has for each number of letters of the first word those of the second.
    """
    found = np.zeros(len(two), dtype=bool)
    known = _codes_of(texts)
    if not len(known) or not len(two):
        return found
    longest = max(max((first, *seconds)) for first, seconds in blends.items())
    begun = _beginnings(split.words, longest)
    one, other = (split.flat[split.starts[two] + at] for at in (0, 1))
    for first, seconds in blends.items():
        shift = _SIGNS**first
        for second in seconds:
            mine, theirs = begun[first - 1][one], begun[second - 1][other]
            long = (mine >= shift // _SIGNS) & (theirs >= _SIGNS ** (second - 1))
            found |= long & are_among(mine + shift * theirs, known)
    return found


def _beginnings(words: Sequence[str], count: int) -> list[Ints]:
    """Return one number for the first letter of each word, one for the first two, and so on.

    Words with fewer letters have the smaller number of all their letters.
    """
    lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
    signs = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), np.uint32)
    every = _digits(np.append(signs, np.zeros(count, np.uint32)))
    starts = np.cumsum(lengths) - lengths
    columns = [np.where(lengths > at, every[starts + at], 0) * _SIGNS**at for at in range(count)]
    return list(np.cumsum(columns, axis=0))


def _powers(places: Ints) -> Ints:
    return _SIGNS ** places.astype(np.int64)


def _digits(letters: NDArray[np.uint32]) -> Ints:
    """Return a number from 1 to 37 for each letter."""
    return _NUMBERS[np.minimum(letters, len(_NUMBERS) - 1)]


def _codes_of(texts: Iterable[str]) -> Ints:
    """Return the sorted numbers of the texts of at most nine signs."""
    short = [text for text in texts if 0 < len(text) <= 9]
    if not short:
        return np.empty(0, np.int64)
    lengths = np.fromiter(map(len, short), dtype=np.int64, count=len(short))
    signs = np.frombuffer("".join(short).encode("utf-32-le", "surrogatepass"), np.uint32)
    firsts = np.cumsum(lengths) - lengths
    place = np.arange(len(signs)) - np.repeat(firsts, lengths)
    return np.sort(np.add.reduceat(_digits(signs) * _powers(place), firsts))
