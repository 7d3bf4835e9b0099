"""What a whole list tells, for a part of it: how often values and words occur, and initials.

A list too large for one machine is compared in parts. What the engine counts in a list is then
counted once over all parts, so that each pair gets the score that it has in the whole list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from dedupe.arrays import Codes, Flags, Floats, Ints
from dedupe.list_counts import ListCounts, places_of
from dedupe.text_hashes import Hashes, hashes_of


class WholeWords(NamedTuple):
    """The words of all names of a list, by the sorted hashes of the words."""

    hashes: Hashes
    weights: Floats
    #: The weights where words name the place of most companies that have them; None if no row has
    #: a city.
    placed: Floats | None
    frequencies: Ints
    kinds: Codes
    #: The intended word of each misspelled one, the word of each abbreviation, and the Latin
    #: spelling of words of other scripts.
    corrections: Mapping[str, str]
    expansions: Mapping[str, str]
    latin: Mapping[str, str]

    def has(self, words: Sequence[str]) -> Flags:
        """Check which words occur in a name of the list."""
        return np.asarray(places_of(self.hashes, hashes_of(words)) >= 0)


class WholeInitials(NamedTuple):
    """Pairs of a short name and the long one that it may abbreviate, by the hashes of names."""

    short: Hashes
    long: Hashes
    #: How surprising each would be by chance.
    surprise: Floats


class WholeList(NamedTuple):
    """What is counted over a whole list."""

    names: int
    words: WholeWords
    initials: WholeInitials
    counts: ListCounts
