"""Find short names that abbreviate a long one: initials (`IBM`, `P&G`, `ZKB`) and blends (`FedEx`).

Every three letters are the initials of some company. How much a match tells depends on the list: on
the number of long names with as many words, and on how common the letters are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

import numpy as np

from dedupe.acronym_pairs import Acronyms, no_pairs
from dedupe.acronym_surprise import surprise_of
from dedupe.arrays import MISSING, Flags, Ints
from dedupe.core_words import CoreWords
from dedupe.corpus import Corpus
from dedupe.first_letters import FirstLetters, may_be_blends
from dedupe.glued_trades import glued_pairs
from dedupe.initials_in_part import LEAST, InitialsInPart
from dedupe.known_initials import KNOWN, known_pairs
from dedupe.words import words
from leads.lexicon.places.countries import country_code

#: A long name has at most this many words, small ones included.
_MOST_WORDS = 9
#: How many letters a blend takes of the first of two words, and how many it then may take of the
#: second.
_BLENDS = {2: (2, 3), 3: (2, 3, 4), 4: (2, 3)}
_LONGEST_BLEND = max(first + max(seconds) for first, seconds in _BLENDS.items())
_LONGEST_SHORT = _LONGEST_BLEND + len(" and ")
#: A compound has a first part of three letters and an end of four.
_SHORTEST_COMPOUND = 6
#: As many letters as the shortest end of a compound has.
_LAST_LETTERS = 3
#: At most this many long names are compared with one short name.
_MOST = 12
#: So few names of a counted list are read one by one.
_FEW = 200
#: Initials with an added letter are this many times as likely by chance.
_LOOSE = 3.0
#: `Oil and Natural Gas Corporation`, `Hindustan Aeronautics Limited`: the letter of the form.
_LETTERS_OF_FORMS = ("c", "l")


Name = TypeVar("Name", int, str)


def find_acronyms(
    cores: Sequence[str],
    vocabulary: Iterable[str] = (),
    split: CoreWords | None = None,
    corpus: Corpus | None = None,
) -> Acronyms:
    """Pair the short names of a list with the long names that they may abbreviate.

    `vocabulary` are the words of the names, as far as they may be compounds; `split` are the words
    of `cores` if they are known already. What is common is read from the corpus, if there is one.
    """
    known = CoreWords.of(cores) if split is None else split
    if corpus and len(cores) < 2:
        return no_pairs(corpus)
    readings = Readings(short_names(cores, known), vocabulary)
    in_part = InitialsInPart.of_list(cores, known)
    if corpus and len(cores) <= _FEW:
        readings.read_few(cores, known, in_part)
    else:
        readings.read(cores, known, in_part)
    return readings.weighed(cores, known, corpus)


def short_names(cores: Sequence[str], split: CoreWords) -> dict[str, list[int]]:
    """Return the names short enough to abbreviate another, by their letters: `p and g` as pg."""
    ordinary = words().caps
    found: dict[str, list[int]] = {}
    joined = split.names_with(np.arange(len(split.words)) == split.code_of.get("and", MISSING))
    for at in np.flatnonzero((split.lengths == 1) | joined).tolist():
        core = cores[at]
        if len(core) > _LONGEST_SHORT:
            continue
        if " " in core:
            parts = [part for part in core.split() if part != "and"]
            named = 1 < len(parts) < 4 and max(map(len, parts)) < 3
            core = "".join(parts)
        else:
            named = core not in ordinary
        if named and 1 < len(core) <= _LONGEST_BLEND:
            found.setdefault(core, []).append(at)
    return found


def may_be_long(split: CoreWords) -> Flags:
    """Check which names may have an abbreviation."""
    return np.asarray((split.lengths > 1) & (split.lengths < _MOST_WORDS))


class Readings:
    """The long names that short names may abbreviate, collected name by name."""

    def __init__(self, shorts: dict[str, list[int]], vocabulary: Iterable[str]) -> None:
        self._shorts = shorts
        #: What the initials of a long name must be; with the letter of a form behind, or without.
        self._wanted = frozenset(shorts) | {
            text[:-1] for text in shorts if text[-1] in _LETTERS_OF_FORMS and len(text) > 2
        }
        #: What the letters of a word and the first of the next must be in a blend.
        self._begun = frozenset(
            text[: first + 1] for text in shorts for first in _BLENDS if first + 1 < len(text)
        )
        self._small = words().small
        #: By the place of the short name, or by the name itself if it may be in another part.
        self.found: dict[int | str, list[tuple[int, float, str]]] = {}
        ends = words().compound_ends
        # Few words have the last letters of an end, and one look tells.
        last = frozenset(end[-_LAST_LETTERS:] for end in ends)
        self._compounds = {
            word: _initials_of(word, ends)
            for word in vocabulary
            if word[-_LAST_LETTERS:] in last
            and len(word) > _SHORTEST_COMPOUND
            and word.endswith(ends)
        }

    def read(self, cores: Sequence[str], split: CoreWords, in_part: InitialsInPart) -> None:
        """Find the short names of every long name."""
        self._in_part = in_part
        long = may_be_long(split)
        closely = split.names_with(split.that((self._small | self._compounds.keys()).__contains__))
        self._read_initials(cores, split, np.flatnonzero(long))
        for at in np.flatnonzero(long & closely).tolist():
            self._read_closely(at, cores[at].split())
        self._read_blends(cores, split, np.flatnonzero((split.lengths == 2) & ~closely))

    def read_few(self, cores: Sequence[str], split: CoreWords, in_part: InitialsInPart) -> None:
        """Find the same one by one, which takes less for a few names; nothing is counted."""
        self._in_part = in_part
        special = self._small | self._compounds.keys()
        for at in may_be_long(split).nonzero()[0].tolist():
            parts = cores[at].split()
            self._read_initials_of(at, parts)
            if not special.isdisjoint(parts):
                self._read_closely(at, parts)
            elif len(parts) == 2:
                self._blend(at, *parts)

    def _read_initials(self, cores: Sequence[str], split: CoreWords, long: Ints) -> None:
        """Find the short names that are the first letters of all words of a long name, and those
        that begin with the letters of its first words.
        """
        self._firsts = firsts = FirstLetters.of(split, long)
        wanted = self._wanted
        whole = firsts.are(wanted) | firsts.repeat_one()
        in_part = firsts.begin_with(self._in_part.beginnings, LEAST)
        found = whole | in_part | firsts.are_but_for_last(wanted)
        for at in long[found].tolist():
            self._read_initials_of(at, cores[at].split())

    def _read_initials_of(self, at: int, parts: list[str]) -> None:
        initials = "".join([part[0] for part in parts])
        if initials in self._wanted or initials[0] * len(parts) == initials:
            self._try(at, initials, 1.0)
        if self._in_part.may_have(initials):
            self._read_in_part(at, initials, parts)
        if initials[:-1] in self._wanted and _ends_in_country(parts[-1]):
            self._note(at, initials[:-1], 1.0)

    def _read_blends(self, cores: Sequence[str], split: CoreWords, two: Ints) -> None:
        """Find the short names that begin like both words of a name."""
        shorts = {text for text in self._shorts if len(text) <= _LONGEST_BLEND}
        for at in two[may_be_blends(split, two, shorts, _BLENDS)].tolist():
            self._blend(at, *cores[at].split())

    def _read_in_part(self, at: int, initials: str, parts: list[str]) -> None:
        for short, times, text in self._in_part.of(initials, parts):
            self.found.setdefault(short, []).append((at, times, text))

    def _read_closely(self, at: int, parts: list[str]) -> None:
        """Find the initials of a name without its small words, and with the parts of compounds."""
        main = [part for part in parts if part not in self._small]
        if len(main) < len(parts):
            initials = "".join([part[0] for part in main])
            self._try(at, initials, 1.0)
            if self._in_part.may_have(initials):
                self._read_in_part(at, initials, main)
            if initials[:-1] in self._wanted and _ends_in_country(parts[-1]):
                self._note(at, initials[:-1], 1.0)
        if not self._compounds.keys().isdisjoint(main):
            known = self._compounds
            self._try(at, "".join([known.get(part, part[0]) for part in main]), _LOOSE)
        if len(main) == 2:
            self._blend(at, *main)

    def _try(self, at: int, text: str, times: float) -> None:
        """Note the short names with these initials."""
        if text not in self._wanted:
            # Minnesota Mining and Manufacturing is 3M.
            if not (len(text) > 2 and len(set(text)) == 1):
                return
            text = f"{len(text)}{text[0]}"
        self._note(at, text, times)
        for letter in _LETTERS_OF_FORMS:
            self._note(at, text + letter, times * _LOOSE)

    def _blend(self, at: int, one: str, other: str) -> None:
        """Note the short names that begin like both words: Federal Express is FedEx."""
        begun = self._begun
        for first, seconds in _BLENDS.items():
            if len(one) > first and one[:first] + other[0] in begun:
                for second in seconds:
                    if len(other) > second:
                        self._note(at, one[:first] + other[:second], 0.0)

    def _note(self, at: int, text: str, times: float) -> None:
        for short in self._shorts.get(text, ()):
            if short != at:
                self.found.setdefault(short, []).append((at, times, text))

    def weighed(self, cores: Sequence[str], split: CoreWords, corpus: Corpus | None) -> Acronyms:
        """Return the pairs with their surprise; a short name with many long ones has none."""
        common = corpus or self._firsts
        letters, sizes = common.letters, common.sizes
        rows: list[tuple[int, int, float]] = []
        for short, longs in self.found.items():
            assert isinstance(short, int)
            for at, (times, text) in likeliest(longs, None if corpus else _MOST).items():
                surprise = surprise_of(cores[short], cores[at], text, times, letters, sizes)
                rows.append((short, at, surprise))

        known = {*known_pairs(cores), *glued_pairs(cores, split)}
        rows = [row for row in rows if row[:2] not in known]
        rows = sorted(rows + [(*pair, KNOWN) for pair in known])
        return Acronyms(
            np.array([row[0] for row in rows], dtype=np.int64),
            np.array([row[1] for row in rows], dtype=np.int64),
            np.array([row[2] for row in rows], dtype=np.float32),
            letters,
            sizes,
        )


def likeliest(
    longs: Iterable[tuple[Name, float, str]], most: int | None = _MOST
) -> dict[Name, tuple[float, str]]:
    """Return the likeliest reading of each long name of a short one; none if there are too many."""
    best: dict[Name, tuple[float, str]] = {}
    for name, times, text in longs:
        best[name] = min(best.get(name, (times, text)), (times, text))
    return best if most is None or len(best) <= most else {}


def _ends_in_country(name: str) -> bool:
    return country_code(name.rpartition(" ")[2]) is not None


def _initials_of(word: str, ends: tuple[str, ...]) -> str:
    """Return the first letter of each part of a compound: kb for Kantonalbank."""
    end = next(end for end in ends if word.endswith(end))
    return word[0] + end[0] if len(word) > len(end) + 2 else word[0]
