"""Whether one of two spellings looks mistyped: it has three letters in a row that words lack."""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np

from dedupe.arrays import Ints
from dedupe.word_kinds import known_spellings
from dedupe.words import words

_VOWELS = frozenset("aeiouy")
#: Shorter words are abbreviations, whose letters are no syllables.
_SYLLABLES = 4


@cache
def _usual() -> frozenset[str]:
    """Return the triples of letters in the known words of all languages, with both ends."""
    table = words()
    known = {*table.same, *table.caps, *table.everywhere, *known_spellings()}
    whole = (word for word in known if word.isalpha() and len(word) >= _SYLLABLES)
    return frozenset(triple for word in whole for triple in _triples(word))


def _triples(word: str) -> set[str]:
    ends = f" {word} "
    return {ends[at : at + 3] for at in range(len(ends) - 2)}


@lru_cache(maxsize=20_000)
def unusual_triples(word: str) -> int:
    """Count the triples of letters that no known word has."""
    return len(_triples(word) - _usual())


@cache
def _usual_codes() -> Ints:
    """Return the codes of the usual triples, sorted."""
    return np.sort(_codes("".join(sorted(_usual())))[::3])


def _codes(text: str) -> Ints:
    """Return a number for every three letters in a row."""
    signs = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    return signs[:-2] << 42 | signs[1:-1] << 21 | signs[2:]


def count_unusual(spelled: list[str]) -> Ints:
    """Return what `unusual_triples` counts for each of many words."""
    text = "".join([f" {word} " for word in spelled])
    if not text:
        return np.zeros(0, np.int64)
    sizes = np.fromiter(map(len, spelled), dtype=np.int64, count=len(spelled))
    starts = np.cumsum(sizes + 2) - sizes - 2
    owners = np.repeat(np.arange(len(spelled)), sizes)
    within = np.arange(len(owners)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    codes = _codes(text)[starts[owners] + within]

    known = _usual_codes()
    strange = known[np.minimum(np.searchsorted(known, codes), len(known) - 1)] != codes
    codes, owners = codes[strange], owners[strange]
    order = np.lexsort((codes, owners))
    codes, owners = codes[order], owners[order]
    again = (codes[1:] == codes[:-1]) & (owners[1:] == owners[:-1])
    return np.bincount(owners[np.r_[True, ~again][: len(owners)]], minlength=len(spelled))


def one_is_mistyped(one: str, other: str) -> bool:
    """Check for letters that changed places, or unusual letters in only one of two spellings.

    Binstar is typed Bnstar, which is no other name; Medium and Meldium may both be names, and so
    may Kalix and Kalux.
    """
    if sorted(one) == sorted(other):
        return True
    return unusual_triples(one) != unusual_triples(other) and not _is_another_vowel(one, other)


def _is_another_vowel(one: str, other: str) -> bool:
    """Check for one vowel in place of another, and no other difference."""
    if len(one) != len(other):
        return False
    differ = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return len(differ) == 1 and set(differ[0]) <= _VOWELS
