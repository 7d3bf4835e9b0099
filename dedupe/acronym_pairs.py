"""Pairs of names of which a short one may abbreviate a long one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from dedupe.arrays import Codes, Floats, Ints
from dedupe.corpus import Corpus
from dedupe.list_counts import places_of
from dedupe.text_hashes import hashes_of
from dedupe.whole_list import WholeInitials


@dataclass(frozen=True, slots=True)
class Acronyms:
    """Pairs of names, a short one and the long one that it may abbreviate."""

    short: Ints
    long: Ints
    #: How surprising a match by chance would be: minus the log of the number expected in the list.
    surprise: Floats
    #: What is common among the long names of the list.
    letters: Counter[str] = field(default_factory=Counter)
    sizes: Counter[int] = field(default_factory=Counter)

    def __len__(self) -> int:
        return len(self.short)

    def surprise_of(self, left: Ints | Codes, right: Ints | Codes, count: int) -> Floats:
        """Return the surprise of each pair of names out of `count`; -inf where none is short."""
        found = np.full(len(left), -np.inf, dtype=np.float32)
        if not len(self):
            return found
        every = np.r_[self.short * count + self.long, self.long * count + self.short]
        order = np.argsort(every)
        asked = left.astype(np.int64) * count + right
        at = np.minimum(np.searchsorted(every[order], asked), len(every) - 1)
        met = every[order][at] == asked
        found[met] = np.r_[self.surprise, self.surprise][order][at[met]]
        return found


def no_pairs(corpus: Corpus | None = None) -> Acronyms:
    """Return no pairs, with what is common in a counted list."""
    none = np.empty(0, np.int64)
    surprise = np.empty(0, np.float32)
    if corpus is None:
        return Acronyms(none, none, surprise)
    return Acronyms(none, none, surprise, corpus.letters, corpus.sizes)


def known_acronyms(cores: Sequence[str], whole: WholeInitials | None) -> Acronyms:
    """Return the pairs that are among some of the names of a list."""
    if whole is None:
        return no_pairs()
    hashes = hashes_of(cores)
    order = np.argsort(hashes)
    sides = [places_of(hashes[order], side) for side in (whole.short, whole.long)]
    met = np.flatnonzero((sides[0] >= 0) & (sides[1] >= 0))
    short, long = (order[side[met]] for side in sides)
    return Acronyms(short, long, whole.surprise[met])
