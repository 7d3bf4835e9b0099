"""Expand words that abbreviate a known word, and are in no table: Technlgy, Pharmace, Instrmts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np

from dedupe.arrays import Codes, Ints, are_among, distinct, place_of
from dedupe.contractions import consonants, is_contraction
from dedupe.spelled_words import SpelledWords
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
    meant = _begun(vocabulary, shapes) | _contracted(vocabulary, shapes)
    instead: dict[str, int] = {}
    for at in sorted(meant):
        word = meant[at]
        place = place_of(vocabulary, word)
        found[at] = instead.setdefault(word, at if place is None else place)
    return found


def expanded_part(spelled: SpelledWords, instead: Mapping[str, str]) -> SpelledWords:
    """Expand the words of some of the names of a list; `instead` has its abbreviations."""
    meant = {word: instead[word] for word in spelled.vocabulary if word in instead}
    if not meant:
        return spelled
    vocabulary = sorted({*spelled.vocabulary, *meant.values()})
    places = {word: at for at, word in enumerate(vocabulary)}
    codes = [places[meant.get(word, word)] for word in spelled.vocabulary]
    return replace(spelled, vocabulary=vocabulary, flat=np.array(codes, np.int32)[spelled.flat])


def _begun(vocabulary: list[str], shapes: WordShapes) -> dict[int, str]:
    """Return the words, by their place, that are the beginning of one known word."""
    spellings, _ = _known()
    begins = are_among(shapes.first_three, _known_beginnings())
    found: dict[int, str] = {}
    for at in np.flatnonzero(begins & (shapes.lengths >= _SHORTEST_BEGINNING)).tolist():
        word = vocabulary[at]
        start = bisect_left(spellings, word)
        if start < len(spellings) and spellings[start].startswith(word) and not _is_known(word):
            end = bisect_left(spellings, word + "{")
            long = [one for one in spellings[start:end] if len(one) >= len(word) + _SAVED]
            found |= _only_one(at, long)
    return found


def _contracted(vocabulary: list[str], shapes: WordShapes) -> dict[int, str]:
    """Return the words, by their place, that are a contraction of one known word."""
    spellings, known = _known()
    few_vowels = shapes.vowels <= (shapes.lengths >= _WITH_VOWEL)
    found: dict[int, str] = {}
    for at in np.flatnonzero(few_vowels & (shapes.lengths >= _SHORTEST_CONTRACTION)).tolist():
        fits = (known.first == shapes.first[at]) & (shapes.letters[at] & ~known.letters == 0)
        word = vocabulary[at]
        long = [spellings[place] for place in np.flatnonzero(fits).tolist()]
        long = [one for one in long if is_contraction(word, one) and _keeps_nearly_all(word, one)]
        if long and not _is_known(word):
            found |= _only_one(at, long)
    return found


def _only_one(at: int, spellings: list[str]) -> dict[int, str]:
    same = words().same
    meant = {same.get(spelling, spelling) for spelling in spellings}
    return {at: meant.pop()} if len(meant) == 1 else {}


def _is_known(word: str) -> bool:
    return word in words().same or word in words().caps


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


@cache
def _known_beginnings() -> Ints:
    """Return the first three letters of the known words, as sorted numbers."""
    return distinct(_known()[1].first_three)
