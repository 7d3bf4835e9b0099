"""What a whole list tells, for a part of it: how often values and words occur, and initials.

A list too large for one machine is compared in parts. What the engine counts in a list is then
counted once over all parts, so that each pair gets the score that it has in the whole list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedupe.arrays import Codes, Floats, Ints, hashes_of

Hashes = NDArray[np.uint64]


class Counted(NamedTuple):
    """How often values occur; those that occur less often than matters are left out."""

    #: Hashes of the values, sorted.
    hashes: Hashes
    times: Ints
    #: What a value that is left out counts.
    least: int

    def of(self, texts: Sequence[str]) -> Ints:
        """Return how often each text occurs."""
        return self.of_hashes(hashes_of(texts))

    def of_hashes(self, asked: Hashes) -> Ints:
        """Return how often the values with these hashes occur."""
        at = places_of(self.hashes, asked)
        return np.where(at < 0, self.least, np.append(self.times, 0)[at])


def places_of(known: Hashes, asked: Hashes) -> Ints:
    """Return the place of each hash among sorted ones; -1 if it is not there."""
    if not len(known):
        return np.full(len(asked), -1, dtype=np.int64)
    at = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    return np.where(known[at] == asked, at, -1).astype(np.int64)


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

    def has(self, words: Sequence[str]) -> NDArray[np.bool_]:
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

    nodes: int
    names: int
    words: WholeWords
    initials: WholeInitials
    #: By what is counted: the names with a postcode, the rows in a city …
    counts: Mapping[str, Counted]
    #: How many rows state a country, and how many a city.
    stated: Mapping[str, int]


#: The keys of `WholeList.counts`.
NAMES_WITH = "names with "
ROWS_WITH = "rows with "
ROWS_NAMED = "rows with the name"
TOWNS_OF = "towns of the name"
