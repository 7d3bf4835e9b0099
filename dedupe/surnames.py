"""Common surnames that are spelled nearly alike: Schmidt Metallbau is not Schmitt Metallbau."""

from __future__ import annotations

from functools import cache

import numpy as np

from dedupe.arrays import Flags, Ints, mixed, places_among
from dedupe.data_files import document
from dedupe.names_table import Names


@cache
def _lines() -> dict[str, int]:
    """Return the line of the table that has each surname; a later line counts."""
    alike = document("surnames.yaml")["alike"]
    return {word: line for line, words in enumerate(alike, 1) for word in words}


def two_surnames(names: Names, left: Ints, right: Ints) -> Flags:
    """Check for two names whose surnames are taken for one another, but are not the same."""
    spelled, alike = (np.zeros(len(names.vocabulary) + 1, dtype=np.uint64) for _ in range(2))
    lines = _lines()
    known = places_among(names.vocabulary, lines)
    if not known:
        return np.zeros(len(left), dtype=bool)
    spelled[known] = np.array(known, dtype=np.uint64) + np.uint64(1)
    alike[known] = [lines[names.vocabulary[place]] for place in known]
    owners, places = np.nonzero(spelled[names.tokens])
    found = names.tokens[owners, places]
    same = []
    for codes in (spelled, alike):
        # The surnames of each name in any order; most names have none, and few have two.
        of_name = np.zeros(len(names.cores), dtype=np.uint64)
        np.add.at(of_name, owners, mixed(codes)[found])
        same.append(of_name[left] == of_name[right])
    return np.asarray(same[1] & ~same[0])
