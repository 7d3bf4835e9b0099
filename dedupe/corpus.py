"""What a full comparison keeps of its list, to compare a few later rows as if all were there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from dedupe.list_counts import Counts, ListCounts
from dedupe.text_hashes import Hashes


@dataclass(frozen=True, slots=True)
class Corpus:
    """The counts of one list, and what reading its names rests on."""

    #: How many distinct names it has.
    names: int
    #: Names with a word.
    words: Counts
    #: Words that name the place of most companies with them.
    placed: Hashes
    counts: ListCounts
    #: Keys of all cities, and of the seats behind names.
    places: frozenset[str]
    #: How often a letter is the first of a word of a long name, and how many names have so many
    #: words.
    letters: Counter[str]
    sizes: Counter[int]
