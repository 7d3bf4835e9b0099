"""Names that several companies share, and the words behind them that are another company."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA

from dedupe.arrays import MISSING, Codes, Flags, Ints, distinct
from dedupe.beginnings import beginning
from dedupe.data_files import document
from dedupe.table import Table
from dedupe.telling_words import OwnWords
from dedupe.word_kinds import Kind
from dedupe.words import words
from leads.lexicon.names.legal_forms import legal_form
from leads.lexicon.places.countries import country_code

#: Words that tell nothing about a name, in their unified spelling.
_LEFT_OUT = frozenset(("and", "the", "royal"))
#: Fewer letters are no word of their own.
_A_WORD = 4
#: Words up to this length may be the code of a country.
_CODE = 2
_NOT_TELLING = Kind.NOTHING | Kind.WHOLE
_TELLING = Kind.ARM | Kind.BODY | Kind.TRADE | Kind.PLACE | Kind.BRAND | Kind.NAME


class _SharedNames(NamedTuple):
    houses: frozenset[str]
    plain: frozenset[str]
    #: Words of a house's own full name.
    own: dict[str, frozenset[str]]
    #: Words of any group's own name.
    wholes: frozenset[str]
    divisions: frozenset[str]
    #: A name without one of these words, in any spelling, is no shared name and has no division.
    signs: frozenset[str]
    #: The words that the shared names begin with, in any spelling, each with a code.
    firsts: dict[str, int]


@cache
def _shared_names() -> _SharedNames:
    table = document("shared_names.yaml")
    houses = frozenset(map(_bare, table["houses"].split(", ")))
    plain = frozenset(table["plain"].split(", ")) | words().everywhere
    divisions = frozenset(_bare(word) for word in table["divisions"].split(", "))
    firsts = frozenset(name.split(" ", 1)[0] for name in houses | plain)
    signs = firsts | plain | divisions
    codes = {word: at for at, word in enumerate(sorted(firsts))}
    same = words().same.items()
    return _SharedNames(
        houses=houses,
        plain=plain,
        own={_bare(house): frozenset(own.split()) for house, own in table["own"].items()},
        wholes=frozenset(document("group_words.yaml")["wholes"]),
        divisions=divisions,
        signs=signs | {word for word, unified in same if unified in signs},
        firsts=codes | {word: codes[unified] for word, unified in same if unified in codes},
    )


def is_slip_of_form(word: str) -> bool:
    """Check for a legal form with one letter wrong, missing or more: `Ckrp`."""
    forms = document("form_classes.yaml")["slips"]
    near = (form for form in forms if abs(len(form) - len(word)) <= 1)
    return any(OSA.distance(word, form, score_cutoff=1) <= 1 for form in near)


@lru_cache(maxsize=50_000)
def _bare(name: str) -> str:
    """Return each word of a name once, in its unified spelling, without those that tell nothing."""
    same = words().same
    unified = dict.fromkeys(same.get(word, word) for word in name.split())
    return " ".join(word for word in unified if word not in _LEFT_OUT)


def another_behind(table: Table, left: Ints, right: Ints, kinds: OwnWords) -> Flags:
    """Check for a shared name alone, and the same with a word of another company behind it.

    A word of the language is shared with a word in front of it, too: Nova and Eura Nova.
    """
    found = np.zeros(len(left), dtype=bool)
    cores = table.names.cores
    sides = (left, kinds.left), (right, kinds.right)
    for (short, none), (long, more) in (sides, sides[::-1]):
        telling = np.flatnonzero((none & ~_NOT_TELLING == 0) & (more & _TELLING != 0))
        chosen = telling[_have_sign(cores, table.core[long[telling]])]
        names = zip(
            table.core[short[chosen]].tolist(), table.core[long[chosen]].tolist(), strict=True
        )
        for at, (one, other) in zip(chosen.tolist(), names, strict=True):
            name, longer = _bare(cores[one]), _bare(cores[other])
            if begun := beginning(name, longer):
                found[at] |= _is_another(begun, longer[len(begun) :].split())
            elif name in _shared_names().plain and longer.endswith(f" {name}"):
                found[at] = True
    return found | _two_behind(table, left, right, kinds) | _run_on(table, left, right)


def _have_sign(cores: list[str], asked: Codes) -> Flags:
    """Check which names have a word of the table; few do."""
    signs = _shared_names().signs
    found = np.zeros(len(cores), dtype=bool)
    named = distinct(asked.astype(np.int64)).tolist()
    found[[at for at in named if not signs.isdisjoint(cores[at].split())]] = True
    return found[asked]


def _run_on(table: Table, left: Ints, right: Ints) -> Flags:
    """Check for a house and one word that goes on behind it: Vodafone and VodafoneZiggo."""
    found = np.zeros(len(left), dtype=bool)
    lengths, cores = table.names.lengths[table.core], table.names.cores
    sizes = table.names.sizes[table.core]
    longer = np.abs(sizes[left] - sizes[right]) >= _A_WORD
    chosen = np.flatnonzero((lengths[left] == 1) & (lengths[right] == 1) & longer)
    names = zip(table.core[left[chosen]].tolist(), table.core[right[chosen]].tolist(), strict=True)
    for at, (one, other) in zip(chosen.tolist(), names, strict=True):
        short, long = sorted((cores[one], cores[other]), key=len)
        longer = len(long) >= len(short) + _A_WORD and long.startswith(short)
        found[at] = longer and len(short) >= _A_WORD and short in _shared_names().houses
    return found


def _two_behind(table: Table, left: Ints, right: Ints, kinds: OwnWords) -> Flags:
    """Check for a shared name with another word behind it in each of the two names."""
    found = np.zeros(len(left), dtype=bool)
    cores = table.names.cores
    chosen = np.flatnonzero((kinds.left & _TELLING != 0) & (kinds.right & _TELLING != 0))
    firsts = _first_words(cores, table.core[np.r_[left[chosen], right[chosen]]])
    mine, theirs = firsts[: len(chosen)], firsts[len(chosen) :]
    chosen = chosen[(mine == theirs) & (mine >= 0)]
    names = zip(table.core[left[chosen]].tolist(), table.core[right[chosen]].tolist(), strict=True)
    for at, (one, other) in zip(chosen.tolist(), names, strict=True):
        found[at] = _are_of_one_house(_bare(cores[one]), _bare(cores[other]))
    return found


def _first_words(cores: list[str], asked: Codes) -> Codes:
    """Return a code of the word that each asked name begins with; -1 if no shared name does."""
    firsts, same = _shared_names().firsts, words().same
    codes = np.full(len(cores), MISSING, dtype=np.int32)
    for at in distinct(asked.astype(np.int64)).tolist():
        first = cores[at].split(" ", 1)[0]
        if same.get(first, first) in _LEFT_OUT:
            first = _bare(cores[at]).split(" ", 1)[0]
        codes[at] = firsts.get(first, MISSING)
    return codes[asked]


def _are_of_one_house(one: str, other: str) -> bool:
    """Check for a first part in common that is all of a shared name."""
    mine, theirs = one.split(), other.split()
    both = 0
    while both < min(len(mine), len(theirs)) and mine[both] == theirs[both]:
        both += 1
    name = " ".join(mine[:both])
    shared = _shared_names()
    if not both or (name not in shared.houses and name not in shared.plain):
        return False
    return _is_another(name, mine[both:]) and _is_another(name, theirs[both:])


def _is_another(name: str, behind: list[str]) -> bool:
    """Check whether the words behind a name make it the name of another company."""
    shared = _shared_names()
    its_own = shared.own.get(name, frozenset()) | shared.wholes
    telling = [word for word in behind if word not in its_own and not _says_nothing(word)]
    # Two words may name a country, and none of them alone.
    if len(telling) > 1 and country_code(" ".join(telling)):
        return False
    if name in shared.houses or name in shared.plain:
        return bool(telling)
    return " " not in name and not shared.divisions.isdisjoint(telling)


@lru_cache(maxsize=50_000)
def _says_nothing(word: str) -> bool:
    """Check for a legal form, a slip of one, or a country; `re` is no country here."""
    country = len(word) > _CODE and country_code(word) is not None
    return country or legal_form(word) is not None or is_slip_of_form(word)
