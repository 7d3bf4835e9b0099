"""What a whole list says about names and values, kept to compare a few rows as if all were there.

How rare a word is, how many companies share a domain, and how many towns have a name depend on all
rows of a list. A full comparison keeps these counts as a `Corpus`. Few rows that are compared with
it have the same log-odds whatever the other rows are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dedupe.arrays import Codes, Ints
from dedupe.text_hashes import Hashes, hashes_of

#: Counts up to this are kept as 1: what depends on them is the same.
FEW = 2


@dataclass(frozen=True, slots=True)
class Counts:
    """How often the frequent ones of some texts occur; texts are known by their hashes."""

    #: Sorted.
    hashes: Hashes
    times: Codes

    @classmethod
    def of(cls, hashes: Hashes, times: Ints, few: int = FEW) -> Counts:
        """Keep the counts above `few`."""
        often = np.flatnonzero(times > few)
        order = often[np.argsort(hashes[often], kind="stable")]
        return cls(hashes[order], times[order].astype(np.int32))

    def of_texts(self, texts: Sequence[str]) -> Ints:
        """Return how often each text occurs; 1 for rare and unknown ones."""
        return self.of_hashes(hashes_of(texts))

    def of_hashes(self, asked: Hashes) -> Ints:
        """Return how often the text of each hash occurs; 1 for rare and unknown ones."""
        found = np.ones(len(asked), dtype=np.int64)
        if len(self.hashes):
            at = np.minimum(np.searchsorted(self.hashes, asked), len(self.hashes) - 1)
            met = self.hashes[at] == asked
            found[met] = self.times[at[met]]
        return found


NO_COUNTS = Counts(np.empty(0, np.uint64), np.empty(0, np.int32))


@dataclass(frozen=True, slots=True)
class Corpus:
    """The counts of one list."""

    #: How many distinct names it has, and how many distinct rows.
    names: int
    nodes: int
    #: Names with a word.
    words: Counts
    #: Words that name the place of most companies with them.
    placed: Hashes
    #: Distinct rows with a name.
    bearers: Counts
    #: Towns that have a name: the words of a name in any order.
    towns: Counts
    #: By attribute: names with a value; rows with it for country and city.
    values: Mapping[str, Counts]
    #: How many distinct rows state a country, and a city.
    stated: Mapping[str, int]
    #: Keys of all cities, and of the seats behind names.
    places: frozenset[str]
    #: How often a letter is the first of a word of a long name, and how many names have so many
    #: words.
    letters: Counter[str]
    sizes: Counter[int]
