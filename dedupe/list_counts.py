"""How often values and names occur in a list, for rows of it that are compared without the others.

How rare a value is, and in how many towns a name is, depends on all rows of a list. Rows that are
compared by these counts have the same log-odds as among all rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dedupe.arrays import Codes, Ints
from dedupe.text_hashes import Hashes, hashes_of

#: The value of a house number with its street.
ADDRESS = "address"
#: Counts up to this are kept as 1: what depends on them is the same.
FEW = 2


@dataclass(frozen=True, slots=True)
class Counts:
    """How often the frequent ones of some texts occur; texts are known by their hashes."""

    #: Sorted.
    hashes: Hashes
    times: Ints | Codes
    #: What a text that is left out counts.
    least: int = 1

    @classmethod
    def of(cls, hashes: Hashes, times: Ints, few: int = FEW) -> Counts:
        """Keep the counts above `few`."""
        often = np.flatnonzero(times > few)
        order = often[np.argsort(hashes[often], kind="stable")]
        return cls(hashes[order], times[order].astype(np.int32))

    def of_texts(self, texts: Sequence[str]) -> Ints:
        """Return how often each text occurs."""
        return self.of_hashes(hashes_of(texts))

    def of_hashes(self, asked: Hashes) -> Ints:
        """Return how often the text of each hash occurs."""
        if not len(self.times):
            return np.full(len(asked), self.least, dtype=np.int64)
        at = places_of(self.hashes, asked)
        # The last one stands for those that are not there: to append a zero would copy all of them.
        return np.where(at < 0, self.least, self.times[at]).astype(np.int64)


def places_of(known: Hashes, asked: Hashes) -> Ints:
    """Return the place of each hash among sorted ones; -1 if it is not there."""
    if not len(known):
        return np.full(len(asked), -1, dtype=np.int64)
    at = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    return np.where(known[at] == asked, at, -1).astype(np.int64)


@dataclass(frozen=True, slots=True)
class ListCounts:
    """The counts of one list."""

    #: How many distinct rows it has.
    nodes: int
    #: Distinct rows with a name.
    bearers: Counts
    #: Towns that have a name: the words of a name in any order.
    towns: Counts
    #: By attribute: names with a value; rows with it for country and city.
    values: Mapping[str, Counts]
    #: How many distinct rows state a country, and a city.
    stated: Mapping[str, int]
