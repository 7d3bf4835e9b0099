"""Words that nobody uses and that are one slip from a known spelling: Medicne is meant to be Medicine, which is read as Medical."""

from __future__ import annotations

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from dedupe.arrays import MISSING, Codes, Ints
from dedupe.words import words

#: A shorter word one slip away is as likely another word.
_SHORTEST = 6
#: A slip is made once or twice; what more names have is a word.
_SELDOM = 2


def meant(vocabulary: list[str], frequencies: Ints) -> Codes:
    """By word, the code of the word it is meant to be; -1 for words that are what they are, and where that word is not in the list."""
    table = words()
    found = np.full(len(vocabulary), MISSING, dtype=np.int32)
    codes = {word: at for at, word in enumerate(vocabulary)}
    spellings: dict[str, list[str]] = {}
    for spelling, word in ({word: word for word in table.caps} | table.same).items():
        if len(spelling) >= _SHORTEST and word in codes:
            spellings.setdefault(spelling[:3], []).append(spelling)
    rare = [vocabulary[at] for at in np.flatnonzero(frequencies <= _SELDOM).tolist()]
    asked = [
        word for word in rare if word[:3] in spellings and len(word) >= _SHORTEST and word not in table.same and word not in table.caps
    ]
    pairs = [(word, spelling) for word in asked for spelling in spellings[word[:3]] if abs(len(word) - len(spelling)) < 2]
    if pairs:
        near = process.cpdist(*zip(*pairs, strict=True), scorer=OSA.distance, score_cutoff=1, dtype=np.int32) <= 1
        for at in np.flatnonzero(near).tolist():
            word, spelling = pairs[at]
            found[codes[word]] = codes[table.same.get(spelling, spelling)]
    return found
