"""Whether one of two spellings looks mistyped: it has three letters in a row that words lack."""

from __future__ import annotations

from functools import cache, lru_cache

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
