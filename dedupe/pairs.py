"""Pairs of nodes with everything the features look at: their likest pair of names, and how their
attributes stand.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dedupe.arrays import Flags, Floats, Ints
from dedupe.attributes import Stands


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of nodes; every array has one entry a pair."""

    left: Ints
    right: Ints
    #: The same name; otherwise the measures below are those of the likest pair of names.
    same_name: Flags
    #: For how many of the two that name is not their first: an alias or a former name.
    by_alias: Floats
    #: Weight of what the names share, of the weightiest word shared, and of that when misspelled
    #: words are left out.
    shared: Floats
    rarest: Floats
    rarest_exact: Floats
    #: Weight of the words the other lacks, for the name with less and the name with more of them.
    least_over: Floats
    most_over: Floats
    #: The same of words that are not even misspelled ones of the other name, for the name with less
    #: of them.
    least_own: Floats
    #: Likeness of the spellings without spaces, 0 to 1.
    spelling: Floats
    #: Letters of the shorter name.
    letters: Floats
    numbers_differ: Flags
    number_only_once: Flags
    initials: Flags
    #: They have words of which one says the opposite of the other.
    opposites: Flags
    #: No word of either name tells it from names elsewhere.
    everywhere: Flags
    stands: Stands

    def __len__(self) -> int:
        return len(self.left)

    def take(self, chosen: Ints | Flags | slice) -> Pairs:
        """Some of the pairs."""
        plain = {name: getattr(self, name)[chosen] for name in self.__slots__ if name != "stands"}
        return Pairs(**plain, stands={name: values[chosen] for name, values in self.stands.items()})

    @property
    def alike(self) -> Floats:
        """Twice the shared weight over the weight of both names (Dice), 0 to 1."""
        whole = 2 * self.shared + self.least_over + self.most_over
        return np.where(
            self.same_name, np.float32(1), 2 * self.shared / np.maximum(whole, np.float32(1e-6))
        )

    @property
    def contained(self) -> Floats:
        """The shared weight over the weight of the lighter name, 0 to 1."""
        return np.where(
            self.same_name,
            np.float32(1),
            self.shared / np.maximum(self.shared + self.least_over, np.float32(1e-6)),
        )
