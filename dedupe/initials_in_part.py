"""Names whose first word is the initials of the first words of another: PKN Orlen, MQT Kenya."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

import numpy as np

from dedupe.arrays import distinct
from dedupe.core_words import CoreWords
from dedupe.word_kinds import is_activity
from dedupe.words import words
from leads.lexicon.places.countries import country_code

#: Initials have so many letters; two letters are those of too many names.
LEAST, _MOST = 3, 6
_VOWELS = frozenset("aeiouy")
#: How likely such a match is by chance, against one of a whole name: the rest is equal, too.
_WITHOUT_VOWEL, _WITH_VOWEL = 0.01, 0.1


#: Returns the place of a name, or the name itself if it may be in another part of the list.
Find = Callable[[str], int | str | None]


class InitialsInPart:
    """The names of a list that begin with initials and go on with a word."""

    def __init__(self, firsts: frozenset[str], find: Find) -> None:
        self._find = find
        self._firsts = firsts
        self.beginnings = frozenset(first[:LEAST] for first in firsts)

    @classmethod
    def of_list(cls, cores: Sequence[str], split: CoreWords) -> InitialsInPart:
        """Look for these names among all names of a list."""
        chosen, firsts = begin_with_initials(split)
        return cls(firsts, {cores[at]: at for at in chosen}.get)

    def may_have(self, initials: str) -> bool:
        """Check the first letters of a long name, which is fast."""
        return initials[:LEAST] in self.beginnings and len(initials) > LEAST

    def of(self, initials: str, parts: Sequence[str]) -> Iterator[tuple[int | str, float, str]]:
        """Yield the names that abbreviate the first words of a long name.

        Each comes with how likely that is by chance, and its initials. A trade behind both is too
        little in common, and a country is enough.
        """
        if parts[-1] in words().caps and not country_code(parts[-1]):
            return
        for count in range(LEAST, min(len(parts), _MOST)):
            short = initials[:count]
            if short in self._firsts and _may_be_initials(short):
                at = self._find(" ".join((short, *parts[count:])))
                if at is not None:
                    yield at, _WITHOUT_VOWEL if _VOWELS.isdisjoint(short) else _WITH_VOWEL, short


def begin_with_initials(split: CoreWords) -> tuple[list[int], frozenset[str]]:
    """Return the names that may begin with initials, and the words that they begin with."""
    several = np.flatnonzero(split.lengths > 1)
    firsts = split.flat[split.starts[several]]
    lengths = np.fromiter(map(len, split.words), dtype=np.int64, count=len(split.words))
    begins = (lengths >= LEAST) & (lengths < _MOST)
    codes = distinct(firsts[begins[firsts]].astype(np.int64)).tolist()
    return several[begins[firsts]].tolist(), frozenset(split.words[code] for code in codes)


@cache
def _may_be_initials(word: str) -> bool:
    """Check for a few letters that are no word of a trade or a country."""
    if not word.isalpha() or word in words().caps or word in words().same:
        return False
    return not (is_activity(word) or country_code(word))
