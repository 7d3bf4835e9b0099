"""Correct rare words that are one typo from a known spelling: Medicne → Medicine → Medical."""

from __future__ import annotations

from functools import cache

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from dedupe.arrays import MISSING, Codes, Ints, are_among, place_of
from dedupe.word_shapes import WordShapes
from dedupe.words import Words, words

#: A shorter word one typo away is as likely another word.
_SHORTEST = 6
#: A word in more names than this is a word, not a typo.
_SELDOM = 2


def corrections_of(vocabulary: list[str], frequencies: Ints, shapes: WordShapes) -> Codes:
    """Return the code of the intended word for each word; -1 if it needs no correction.

    The vocabulary must be sorted. An intended word that is not in the vocabulary is ignored.
    """
    table = words()
    found = np.full(len(vocabulary), MISSING, dtype=np.int32)
    spellings, beginnings = _spellings()
    begins = are_among(shapes.first_three, beginnings)
    rare = np.flatnonzero(begins & (frequencies <= _SELDOM) & (shapes.lengths >= _SHORTEST))
    asked = [(vocabulary[at], at) for at in rare.tolist() if not _known(vocabulary[at], table)]
    pairs = [
        (word, spelling, at, known)
        for word, at in asked
        for spelling, meant in spellings.get((word[:3], len(word)), ())
        if (known := place_of(vocabulary, meant)) is not None
    ]
    if pairs:
        one, other, places, knowns = zip(*pairs, strict=True)
        near = np.flatnonzero(
            process.cpdist(one, other, scorer=OSA.distance, score_cutoff=1, dtype=np.int32) <= 1
        )
        found[np.array(places)[near]] = np.array(knowns)[near]
    return found


@cache
def _spellings() -> tuple[dict[tuple[str, int], list[tuple[str, str]]], Ints]:
    """Return known spellings with the words they mean, by how a word one typo apart begins and how
    long it is; and the sorted numbers of these beginnings.
    """
    table = words()
    found: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for spelling, word in ({word: word for word in table.caps} | table.same).items():
        if len(spelling) >= _SHORTEST:
            for length in range(len(spelling) - 1, len(spelling) + 2):
                found.setdefault((spelling[:3], length), []).append((spelling, word))
    shapes = WordShapes.of(sorted({begins for begins, _ in found}))
    return found, np.sort(shapes.first_three)


def _known(word: str, table: Words) -> bool:
    return word in table.same or word in table.caps
