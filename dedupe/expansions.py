"""Expand words that abbreviate a known word, and are in no table: Technlgy, Pharmace, Instrmts."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

import numpy as np

from dedupe.arrays import Codes, Ints, place_of
from dedupe.contractions import consonants, is_contraction
from dedupe.word_shapes import WordShapes
from dedupe.words import words

#: A shorter beginning is a word of its own: Metro, Engine, Cooper.
_SHORTEST_BEGINNING = 7
_SHORTEST_CONTRACTION = 4
#: A contraction this long may keep one vowel behind its first letter.
_WITH_VOWEL = 6
#: Letters that an abbreviation saves.
_SAVED = 2


def expanded(vocabulary: list[str], shapes: WordShapes) -> Codes:
    """Return for each word the code of the word it abbreviates; its own code for other words.

    Two abbreviations of a word that the list lacks become the first of them.
    """
    found = np.arange(len(vocabulary), dtype=np.int32)
    instead: dict[str, int] = {}
    for at in _likely(shapes).tolist():
        word = vocabulary[at]
        if word in words().same or word in words().caps:
            continue
        known = _known_word(word)
        if known:
            place = place_of(vocabulary, known)
            found[at] = instead.setdefault(known, at if place is None else place)
    return found


def _likely(shapes: WordShapes) -> Ints:
    """Return the words that may abbreviate a known one, by their letters and beginnings."""
    known = _known()[1]
    begins = np.isin(shapes.first_three, known.first_three) & (
        shapes.lengths >= _SHORTEST_BEGINNING
    )
    few_vowels = shapes.vowels <= (shapes.lengths >= _WITH_VOWEL)
    contracted = few_vowels & (shapes.lengths >= _SHORTEST_CONTRACTION)
    return np.flatnonzero(begins | contracted)


def _known_word(word: str) -> str:
    """Return the one known word that this one abbreviates; empty for none or several."""
    spellings = _known()[0]
    meant = set(_begun_by(word, spellings)) or _contracted_to(word, spellings)
    return meant.pop() if len(meant) == 1 else ""


def _begun_by(word: str, spellings: list[str]) -> list[str]:
    if len(word) < _SHORTEST_BEGINNING:
        return []
    same = words().same
    start = bisect_left(spellings, word)
    end = bisect_left(spellings, word + "{")
    return [
        same.get(spelling, spelling)
        for spelling in spellings[start:end]
        if len(spelling) >= len(word) + _SAVED
    ]


def _contracted_to(word: str, spellings: list[str]) -> set[str]:
    same = words().same
    start, end = bisect_left(spellings, word[0]), bisect_left(spellings, word[0] + "{")
    return {
        same.get(spelling, spelling)
        for spelling in spellings[start:end]
        if is_contraction(word, spelling) and _keeps_nearly_all(word, spelling)
    }


def _keeps_nearly_all(short: str, long: str) -> bool:
    """Check that two in three consonants remain, and hardly a vowel: Marks is not short for Markets."""
    vowels = len(short) - 1 - consonants(short[1:])
    if vowels > (len(short) >= _WITH_VOWEL):
        return False
    return consonants(short) * 3 >= consonants(long) * 2


@cache
def _known() -> tuple[list[str], WordShapes]:
    """Return the known words of six letters and more, sorted, and their shapes."""
    table = words()
    long = sorted(
        word
        for word in {*table.same, *table.caps}
        if len(word) >= _SHORTEST_CONTRACTION + _SAVED and word.isascii()
    )
    return long, WordShapes.of(long)
