"""The first letters of the words of each name as one number, to find initials in bulk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedupe.arrays import Flags, Ints
from dedupe.core_words import CoreWords

#: Letters, digits, and one sign for all others; nine of them fit into one number.
_SIGNS = 38
_DIGITS, _OTHER = 27, 37


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
        return np.isin(self.codes, _codes_of(texts))

    def begin_with(self, texts: Iterable[str], count: int) -> Flags:
        """Check for names with more words, whose first letters begin with one of these texts."""
        begun = np.isin(self.codes % _powers(np.array([count])), _codes_of(texts))
        return np.asarray(begun & (self.lengths > count))

    def are_but_for_last(self, texts: Iterable[str]) -> Flags:
        """Check for names whose first letters are one of these texts without the last word."""
        return np.isin(self.codes % _powers(self.lengths - 1), _codes_of(texts))

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
    longest = max(max((first, *seconds)) for first, seconds in blends.items())
    letters = _beginnings(split.words, longest)
    one, other = (split.flat[split.starts[two] + at] for at in (0, 1))
    known = _codes_of(texts)
    found = np.zeros(len(two), dtype=bool)
    for first, seconds in blends.items():
        for second in seconds:
            parts = [letters[one, :first], letters[other, :second]]
            digits = np.concatenate(parts, axis=1)
            whole = (parts[0][:, -1] > 0) & (parts[1][:, -1] > 0)
            codes = digits @ _powers(np.arange(first + second))
            found |= whole & np.isin(codes, known)
    return found


def _beginnings(words: Sequence[str], count: int) -> Ints:
    """Return the numbers of the first letters of each word; 0 beyond its end."""
    lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
    signs = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), np.uint32)
    every = np.append(_digits(signs), np.zeros(count, np.int64))
    starts = np.cumsum(lengths) - lengths
    columns = [np.where(lengths > at, every[starts + at], 0) for at in range(count)]
    return np.stack(columns, axis=1)


def _powers(places: Ints) -> Ints:
    return np.power(np.int64(_SIGNS), places.astype(np.int64))


def _digits(letters: NDArray[np.uint32]) -> Ints:
    """Return a number from 1 to 37 for each letter."""
    of_letter, of_digit = letters.astype(np.int64) - 96, letters.astype(np.int64) - 48
    other = np.where((of_digit >= 0) & (of_digit < 10), of_digit + _DIGITS, _OTHER)
    return np.where((of_letter >= 1) & (of_letter <= 26), of_letter, other)


def _codes_of(texts: Iterable[str]) -> Ints:
    """Return the number of each text of at most nine signs."""
    short = [text for text in texts if 0 < len(text) <= 9]
    if not short:
        return np.empty(0, np.int64)
    lengths = np.fromiter(map(len, short), dtype=np.int64, count=len(short))
    signs = np.frombuffer("".join(short).encode("utf-32-le", "surrogatepass"), np.uint32)
    firsts = np.cumsum(lengths) - lengths
    place = np.arange(len(signs)) - np.repeat(firsts, lengths)
    return np.add.reduceat(_digits(signs) * _powers(place), firsts)
