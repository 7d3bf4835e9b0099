"""How much a word tells one company from another: its rarity in the list, capped for words common in the world."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA

from dedupe.arrays import Floats, Ints
from dedupe.data_files import document

#: Weights are natural logs of how many names there are per name with the word: 9.2 is one in ten thousand.
HIGHEST = 9.2
#: A shared word of at least this weight is distinctive: it can hold two records together.
DISTINCTIVE = 4.0
#: The most a word weighs that names the place of the company.
PLACE = 2.0
_LITTLE = 1.0
_SOME = 2.6
_INITIAL = 1.6
#: Short lists cannot show how rare a word is, so they are weighed as if they had this many names.
_AT_LEAST = 10_000


#: Words of legal forms that are long enough to be known when misspelled.
_LONG_FORMS = ("limited", "company", "incorporated", "corporation", "international")


class Words(NamedTuple):
    """Spellings of one word, and the caps of common words."""

    same: dict[str, str]
    caps: dict[str, float]


@cache
def words() -> Words:
    """The table of words, read once."""
    data = document("words.yaml")
    same = {spelling: row[0] for row in data["same"] for spelling in row}
    caps = {same.get(word, word): _SOME for word in data["some"]}
    caps |= {same.get(word, word): _LITTLE for word in data["little"]}
    return Words(same, caps)


def weigh(vocabulary: list[str], frequencies: Ints, names: int) -> Floats:
    """The weight of each word, from the number of names that have it among `names` different names."""
    caps = words().caps
    rarity = np.log(max(names, _AT_LEAST) / np.maximum(frequencies, 1))
    limits = np.fromiter((_limit(word, caps) for word in vocabulary), dtype=np.float32, count=len(vocabulary))
    return np.clip(rarity, 0.5, limits).astype(np.float32)


def _limit(word: str, caps: dict[str, float]) -> float:
    """The most a word can weigh, however rare it is in the list."""
    cap = caps.get(word)
    if cap is not None:
        return cap
    if len(word) == 1:
        return _INITIAL
    if 6 <= len(word) <= 13 and any(OSA.distance(word, form, score_cutoff=1) <= 1 for form in _LONG_FORMS):
        return _LITTLE
    if word.isdigit():
        return 4.5
    return HIGHEST if len(word) > 2 else 5.0
