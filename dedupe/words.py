"""Word weights: rarity in the list, capped for words that are common in the world."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA

from dedupe.arrays import Floats, Ints
from dedupe.data_files import document
from dedupe.word_shapes import WordShapes

#: Weights are natural logs of the number of names per name with the word: 9.2 is one in ten
# thousand.
HIGHEST = 9.2
#: A shared word of at least this weight is distinctive: it can hold two records together.
DISTINCTIVE = 4.0
#: Maximum weight of a word that names the company's place.
PLACE = 2.0
#: Maximum weight of a trade, a place or an institution, however rare it is in the list.
KNOWN = 4.0
_LITTLE = 1.0
_SOME = 2.6
_INITIAL = 1.6
#: Short lists cannot show rarity, so they are weighed as if they had this many names.
AT_LEAST = 10_000


#: Legal-form words long enough to be recognised when misspelled.
_LONG_FORMS = ("limited", "company", "incorporated", "corporation", "international")

#: Another letter changes this many bits of a word's letters.
_ONE_LETTER = 2


class Words(NamedTuple):
    """Spelling variants of words, and weight caps of common words."""

    same: dict[str, str]
    caps: dict[str, float]
    #: Abbreviations that are sure only beside "and" or "de".
    beside: dict[str, str]
    #: Names of people, saints and inns found in every town; they distinguish companies only
    #: within a town.
    everywhere: frozenset[str]
    #: Trades that serve one town: a name with one of them distinguishes companies only within it.
    local: frozenset[str]
    #: Words that initials may leave out: of, de, für.
    small: frozenset[str]
    #: Second parts of compounds, longest first: Kantonalbank, Airlines.
    compound_ends: tuple[str, ...]
    #: For each kind of opposites, the words with a bit for each opposite.
    opposites: tuple[dict[str, int], ...]


@cache
def words() -> Words:
    """Load the table of words once."""
    data = document("words.yaml")
    same = {spelling: row[0] for row in data["same"] for spelling in row}
    caps = {same.get(word, word): _SOME for word in data["some"]}
    caps |= {same.get(word, word): _LITTLE for word in data["little"]}
    opposites = tuple(
        {same.get(word, word): 1 << at for at, meaning in enumerate(kind) for word in meaning}
        for kind in data["opposites"].values()
    )
    everywhere, local = (
        frozenset(same.get(word, word) for word in data[key]) for key in ("everywhere", "local")
    )
    ends = tuple(sorted(data["compound_ends"], key=len, reverse=True))
    small, beside = frozenset(data["small"]), dict(data["beside"])
    return Words(same, caps, beside, everywhere, local, small, ends, opposites)


def weigh(vocabulary: list[str], frequencies: Ints, names: int, shapes: WordShapes) -> Floats:
    """Return each word's weight from the number of names that have it, among `names` names."""
    rarity = np.log(max(names, AT_LEAST) / np.maximum(frequencies, 1))
    return np.clip(rarity, 0.5, _limits(vocabulary, shapes)).astype(np.float32)


def _limits(vocabulary: list[str], shapes: WordShapes) -> Floats:
    """Return the maximum weight of each word, however rare it is in the list."""
    count = len(vocabulary)
    lengths = shapes.lengths
    limits = np.where(lengths > 2, HIGHEST, 5.0).astype(np.float32)
    limits[np.fromiter(map(str.isdigit, vocabulary), dtype=bool, count=count)] = 4.5
    limits[_misspelled_forms(vocabulary, shapes)] = _LITTLE
    limits[lengths == 1] = _INITIAL
    caps = words().caps
    for at in np.flatnonzero(
        np.fromiter(map(caps.__contains__, vocabulary), dtype=bool, count=count)
    ).tolist():
        limits[at] = caps[vocabulary[at]]
    return limits


@cache
def _long_forms() -> WordShapes:
    return WordShapes.of(list(_LONG_FORMS))


def _misspelled_forms(vocabulary: list[str], shapes: WordShapes) -> Ints:
    """Return the words that are one typo away from a long legal form."""
    one = np.ones(len(_LONG_FORMS), dtype=np.int16)
    near = shapes.near(_long_forms(), one, _ONE_LETTER * one, np.arange(len(vocabulary)))
    found = [
        at
        for form, at in near
        if OSA.distance(vocabulary[at], _LONG_FORMS[form], score_cutoff=1) < 2
    ]
    return np.array(found, dtype=np.int64)
