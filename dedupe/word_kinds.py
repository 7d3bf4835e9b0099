"""Kinds of words: what a word means if only one of two names has it."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from dedupe.arrays import Codes, Flags, Ints, places_among
from dedupe.data_files import document
from dedupe.word_shapes import WordShapes
from dedupe.words import words


class Kind:
    """The kinds of the words that only one of two names has; a name may have several.

    They are plain numbers with a bit each: NumPy takes members of an enumeration slowly.
    """

    #: Often left out of a company's own name.
    NOTHING = 1
    #: A finance, property or holding arm.
    ARM = 2
    #: An institution: a foundation, a university, a union.
    BODY = 4
    TRADE = 8
    PLACE = 16
    BRANCH = 32
    #: A single letter.
    LETTER = 64
    NUMBER = 128
    #: A brand or a family name: any word without another kind.
    BRAND = 256
    #: Beside another kind: only the end of the word is known.
    COMPOUND = 512
    #: A row's own country.
    HOME = 1024
    #: The name of a person, a saint or an inn, as every town has.
    NAME = 2048
    #: A word for the whole group.
    WHOLE = 4096
    #: Beside `BRAND` in a pair: a word too long to be a slip of a short legal form.
    LONG = 8192
    #: Beside `BRAND` in a pair: a word that may be initials.
    SHORT = 16384


#: A line of `word_kinds.yaml` for each kind; a word in several lines has the first of these kinds.
_LINES = {
    "nothing": Kind.NOTHING,
    "wholes": Kind.WHOLE,
    "bodies": Kind.BODY,
    "arms": Kind.ARM,
    "trades": Kind.TRADE,
    "places": Kind.PLACE,
    "branches": Kind.BRANCH,
}


#: Shorter words are no compounds.
_COMPOUND = 8
#: Shorter words do not begin with a field: `bio` and more.
_PREFIXED = 6
#: Forms up to this length are a letter from many words; longer ones than `_LONG` allow two slips.
_SHORT, _LONG = 4, 6
#: A slip of a form is in few names: in two, or in one of this many.
_SELDOM, _NAMES_A_SLIP = 2, 5_000
#: Slips of long forms are this many times as frequent.
_LONG_TIMES = 5


@cache
def _table() -> dict[str, int]:
    """Return the kind of each known word, in its unified spelling."""
    same = words().same
    known: dict[str, int] = {}
    lines = document("word_kinds.yaml")
    for line in _LINES:
        for word in lines[line]:
            for spelling in (word, same.get(word, word)):
                known.setdefault(spelling, _LINES[line])
    for word in words().everywhere:
        known.setdefault(word, Kind.NAME)
        known.setdefault(f"{word}s", Kind.NAME)
    return known


def known_spellings() -> frozenset[str]:
    """Return the words that have a known kind."""
    return frozenset(_table())


@cache
def _ends() -> dict[str, int]:
    """Return the kind of each known end of a compound word."""
    ends = document("word_kinds.yaml")["ends"]
    return {end: _LINES[line] for line, listed in ends.items() for end in listed}


@cache
def _end_texts() -> tuple[str, ...]:
    return tuple(sorted(_ends(), key=len, reverse=True))


def _end_of(word: str) -> str | None:
    """Return the known end of a compound word, if the rest is long enough to be a word."""
    return next(
        (end for end in _end_texts() if word.endswith(end) and len(word) - len(end) > 2), None
    )


def is_compound_of(long: str, short: str) -> bool:
    """Check for a word with a known end behind another: `Carlsbergfondet` of `Carlsberg`."""
    return long.startswith(short) and long[len(short) :].lstrip("s") in _ends()


def kinds_of(vocabulary: list[str], frequencies: Ints, shapes: WordShapes, names: int) -> Codes:
    """Return the kind of each word of a sorted vocabulary."""
    kinds = np.full(len(vocabulary), Kind.BRAND, dtype=np.int32)
    seldom = max(_SELDOM, names // _NAMES_A_SLIP)
    kinds[_misspelled_forms(vocabulary, frequencies // seldom, shapes)] = Kind.NOTHING
    kinds[shapes.lengths == 1] = Kind.LETTER
    ends = _end_texts()
    long = np.flatnonzero(shapes.lengths >= _COMPOUND).tolist()
    for at in [at for at in long if vocabulary[at].endswith(ends)]:
        if (end := _end_of(vocabulary[at])) is not None:
            kinds[at] = _ends()[end] | Kind.COMPOUND
    digits = np.fromiter(map(str.isdigit, vocabulary), dtype=bool, count=len(vocabulary))
    kinds[digits] = Kind.NUMBER
    for place in places_among(vocabulary, _table()):
        if len(vocabulary[place]) > 1:
            kinds[place] = _table()[vocabulary[place]]
    return kinds


class _Forms(NamedTuple):
    """The legal forms of which a rare word may be a slip."""

    texts: list[str]
    shapes: WordShapes
    #: How many letters of each may be wrong, and how frequent a slip of it is.
    slips: NDArray[np.int16]
    times: Ints


@cache
def _forms() -> _Forms:
    texts = document("form_classes.yaml")["slips"]
    long = np.array([len(text) > _LONG for text in texts])
    slips = np.where(long, 2, 1).astype(np.int16)
    return _Forms(texts, WordShapes.of(texts), slips, np.where(long, _LONG_TIMES, 1))


def _misspelled_forms(vocabulary: list[str], times: Ints, shapes: WordShapes) -> Ints:
    """Return the rare words that are a slip of a legal form; `times` is how often a word is too
    frequent for a slip.
    """
    texts, of_forms, slips, most = _forms()
    rare = np.flatnonzero((times <= _LONG_TIMES) & (shapes.lengths > 2))
    found = {
        at
        for form, at in shapes.near(of_forms, slips, 2 * slips, rare)
        if times[at] <= most[form] and _is_slip(vocabulary[at], texts[form], int(slips[form]))
    }
    return np.array(sorted(found), dtype=np.int64)


def _is_slip(word: str, form: str, slips: int) -> bool:
    """Check for a misspelled form; another letter in a short form is another word: corn, corp."""
    if OSA.distance(word, form, score_cutoff=slips) > slips:
        return False
    if len(form) > _SHORT:
        return True
    swapped = sorted(word) == sorted(form)
    return (
        swapped
        or (len(word) > len(form) and len(word) > _SHORT - 1)
        or len(word) == len(form) - 1 > 2
    )


class _Activities(NamedTuple):
    words: frozenset[str]
    beginnings: tuple[str, ...]
    ends: tuple[str, ...]


@cache
def _activities() -> _Activities:
    table = document("word_kinds.yaml")["activities"]
    known = frozenset((*table["words"], *words().same, *words().caps))
    return _Activities(known, tuple(table["beginnings"]), tuple(table["ends"]))


@lru_cache(maxsize=50_000)
def is_activity(word: str) -> bool:
    """Check for a word that says what a company does, besides the known trades."""
    table = _activities()
    begins = len(word) >= _PREFIXED and word.startswith(table.beginnings)
    return word in table.words or begins or word.endswith(table.ends)


def known_words(kinds: Codes) -> Flags:
    """Check for words of the table: a known word is not a typo of another known word."""
    return np.asarray((kinds < Kind.LETTER) | (kinds == Kind.NAME) | (kinds == Kind.WHOLE))
