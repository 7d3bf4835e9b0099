"""Pairs of nodes with all inputs of the features: the best name pair and compared attributes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dedupe.arrays import Codes, Flags, Floats, Ints
from dedupe.attributes import Stands


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of nodes; every array has one entry per pair."""

    left: Ints
    right: Ints
    #: True if the names are equal; otherwise the measures below are of the most similar names.
    same_name: Flags
    #: For how many of the two that name is an alias or a former name.
    by_alias: Floats
    #: Both names that match have a legal form. And: each has a legal form or several words, or
    #: shortens the company's own name.
    alias_in_full: Flags
    alias_says_enough: Flags
    #: Weight of the shared words, of the heaviest shared word, and of that without misspelled
    #: words.
    shared: Floats
    rarest: Floats
    rarest_exact: Floats
    #: Weight of the unshared words, for the name with less and the name with more of them.
    least_over: Floats
    most_over: Floats
    #: The same without misspelled matches, for the name with less of them.
    least_own: Floats
    #: Similarity of the spellings without spaces, 0 to 1.
    spelling: Floats
    #: Number of letters in the shorter name.
    letters: Floats
    numbers_differ: Flags
    number_only_once: Flags
    initials: Flags
    #: How surprising such initials would be by chance in the list; 0 for other pairs.
    surprise: Floats
    #: The names contain opposite words.
    opposites: Flags
    #: No word of either name distinguishes it from names elsewhere.
    everywhere: Flags
    #: Both names state a trade that serves one town.
    local: Flags
    #: How many words the first name of each has, up to eight.
    left_words: Codes
    right_words: Codes
    #: The words that only the left name has, or only the right one, are initials in front of it.
    left_initials: Flags
    right_initials: Flags
    #: The names are two short words, and neither looks mistyped.
    two_short_names: Flags
    #: Of two such names, one has a letter twice, or lacks the last letter.
    doubled_or_cut: Flags
    #: One name is a single word, and the other has a brand or family name more, behind it.
    name_behind: Flags
    #: One name is shared by several companies, and the word behind it in the other is one of them.
    another_behind: Flags
    #: The names have two surnames that are spelled nearly alike.
    two_surnames: Flags
    #: The domain of one row spells the whole name of the other, and not its own.
    domain_spells: Flags
    #: The kinds of the words that only the left name has, and only the right one (`Kind`).
    left_kinds: Codes
    right_kinds: Codes
    #: Both names are complete: they have a legal form, or a word for an institution.
    in_full: Flags
    #: The left name has a legal form, and the right one.
    left_form: Flags
    right_form: Flags
    #: The legal forms are of kinds that the law keeps apart: an association is no GmbH.
    forms_apart: Flags
    #: The legal forms are two of one country, which a company seldom changes.
    forms_seldom_changed: Flags
    #: The country of one row lacks a legal form of the two, so the form is translated or wrong.
    foreign_form: Flags
    stands: Stands

    def __len__(self) -> int:
        return len(self.left)

    def take(self, chosen: Ints | Flags | slice) -> Pairs:
        """Select some of the pairs."""
        plain = {name: getattr(self, name)[chosen] for name in self.__slots__ if name != "stands"}
        return Pairs(**plain, stands={name: values[chosen] for name, values in self.stands.items()})

    @property
    def alike(self) -> Floats:
        """Dice: twice the shared weight over the weight of both names, 0 to 1."""
        whole = 2 * self.shared + self.least_over + self.most_over
        return np.where(
            self.same_name, np.float32(1), 2 * self.shared / np.maximum(whole, np.float32(1e-6))
        )

    @property
    def contained(self) -> Floats:
        """Shared weight over the weight of the lighter name, 0 to 1."""
        return np.where(
            self.same_name,
            np.float32(1),
            self.shared / np.maximum(self.shared + self.least_over, np.float32(1e-6)),
        )
