"""Common surnames that are spelled nearly alike: Schmidt Metallbau is not Schmitt Metallbau."""

from __future__ import annotations

import numpy as np

from dedupe.arrays import Flags, Ints, mixed, place_of
from dedupe.data_files import document
from dedupe.names_table import Names


def two_surnames(names: Names, left: Ints, right: Ints) -> Flags:
    """Check for two names whose surnames are taken for one another, but are not the same."""
    spelled, alike = (np.zeros(len(names.vocabulary) + 1, dtype=np.uint64) for _ in range(2))
    for line, words in enumerate(document("surnames.yaml")["alike"], 1):
        known = [place for word in words if (place := place_of(names.vocabulary, word)) is not None]
        spelled[known], alike[known] = np.array(known, dtype=np.uint64) + np.uint64(1), line

    owners, places = np.nonzero(spelled[names.tokens])
    found = names.tokens[owners, places]
    same = []
    for codes in (spelled, alike):
        # The surnames of each name in any order; most names have none, and few have two.
        of_name = np.zeros(len(names.cores), dtype=np.uint64)
        np.add.at(of_name, owners, mixed(codes)[found])
        same.append(of_name[left] == of_name[right])
    return np.asarray(same[1] & ~same[0])
