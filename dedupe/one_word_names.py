"""Names of one word beside longer ones: a surname and its initials, a firm and a name behind it."""

from __future__ import annotations

import numpy as np

from dedupe.arrays import Codes, Flags, Ints, distinct
from dedupe.beginnings import beginning
from dedupe.letter_triples import count_unusual, one_is_mistyped
from dedupe.names_table import Names
from dedupe.shared_names import is_slip_of_form
from dedupe.table import Table
from dedupe.telling_words import SHORT_BRAND, OwnWords
from dedupe.word_kinds import Kind, is_activity
from dedupe.word_shapes import letters_of

#: How many words `S. A. Miller` has: the initials are one.
_FIRST_AND_SURNAME = 2
#: A slip in a longer name is seldom another name.
_SHORT_NAME = 6
#: Shorter words that lack their last letter are words of their own.
_CUT = 5
#: The letters of a word that are vowels.
_VOWELS = letters_of(["aeiouy"])[0]
_UNKNOWN = Kind.BRAND | Kind.NAME
_KNOWN = Kind.ARM | Kind.BODY | Kind.TRADE | Kind.PLACE | Kind.HOME


def initials_in_front(table: Table, nodes: Ints, kinds: Codes) -> Flags:
    """Check for initials in front of one more word, which are all that the other name lacks."""
    found = np.zeros(len(nodes), dtype=bool)
    lengths = table.names.lengths[table.core[nodes]]
    for at in np.flatnonzero(_may_be_initials(kinds) & (lengths == _FIRST_AND_SURNAME)).tolist():
        first = table.names.cores[table.core[nodes[at]]].split(" ", 1)[0]
        found[at] = len(first) <= SHORT_BRAND and first.isalpha()
    return found


def _may_be_initials(kinds: Codes) -> Flags:
    """Check for single letters and short words, and nothing else."""
    short = (kinds & Kind.BRAND == 0) | (kinds & Kind.SHORT != 0)
    initials = Kind.LETTER | Kind.BRAND | Kind.SHORT
    return np.asarray((kinds != 0) & (kinds & ~initials == 0) & short)


def may_be_two_names(table: Table, left: Ints, right: Ints) -> Flags:
    """Check for two short names of one word each that differ, and neither looks mistyped."""
    names = table.names
    mine, theirs = table.core[left], table.core[right]
    one_word = (names.lengths[mine] == 1) & (names.lengths[theirs] == 1) & (mine != theirs)
    short = np.minimum(names.sizes[mine], names.sizes[theirs]) <= _SHORT_NAME
    found = np.zeros(len(left), dtype=bool)
    asked = np.flatnonzero(one_word & short)
    found[asked] = ~_one_is_mistyped(names, mine[asked], theirs[asked])
    return found


def doubled_or_cut(table: Table, left: Ints, right: Ints, asked: Flags) -> Flags:
    """Check for one name with a letter twice, or without the last letter: Zypper and Zyper."""
    found = np.zeros(len(left), dtype=bool)
    spelled, sizes = table.names.squashed, table.names.sizes
    chosen = np.flatnonzero(asked)
    longer = sizes[table.core[left[chosen]]] - sizes[table.core[right[chosen]]]
    for at in chosen[np.abs(longer) == 1].tolist():
        two = spelled[table.core[left[at]]], spelled[table.core[right[at]]]
        short, long = sorted(two, key=len)
        found[at] = _once(long) == _once(short) or _is_cut(short, long)
    return found


def _once(word: str) -> str:
    """Return the word with each letter once where it stands twice."""
    return "".join(letter for at, letter in enumerate(word) if letter != word[at - 1 : at])


def _is_cut(short: str, long: str) -> bool:
    return len(short) >= _CUT and long.startswith(short)


def _one_is_mistyped(names: Names, mine: Codes, theirs: Codes) -> Flags:
    """Check pairs of names of one word; spell out only those that their letters do not settle."""
    unusual = np.zeros(len(names.cores), dtype=np.int64)
    asked = distinct(np.r_[mine, theirs].astype(np.int64))
    unusual[asked] = count_unusual([names.squashed[at] for at in asked.tolist()])

    differ = unusual[mine] != unusual[theirs]
    unlike = names.letters[mine] ^ names.letters[theirs]
    as_long = names.sizes[mine] == names.sizes[theirs]
    # The same letters in another order, or one vowel in place of another.
    unsettled = as_long & (unlike & ~np.where(differ, _VOWELS, np.uint64(0)) == 0)
    found = differ.copy()
    for at in np.flatnonzero(unsettled).tolist():
        found[at] = one_is_mistyped(names.squashed[mine[at]], names.squashed[theirs[at]])
    return np.asarray(found, dtype=bool)


def _is_name(behind: str) -> bool:
    """Check for a single word that is long enough for a name, and neither activity nor form."""
    word = " " not in behind and len(behind) > SHORT_BRAND
    return word and not is_activity(behind) and not is_slip_of_form(behind)


def name_behind(table: Table, left: Ints, right: Ints, kinds: OwnWords) -> Flags:
    """Check for a name of one word that the other begins with, before one brand or family name."""
    found = np.zeros(len(left), dtype=bool)
    lengths, cores = table.names.lengths, table.names.cores
    sides = (left, kinds.left), (right, kinds.right)
    for (short, none), (long, more) in (sides, sides[::-1]):
        unknown = (more & _UNKNOWN != 0) & (more & _KNOWN == 0) & (none == 0)
        chosen = np.flatnonzero(unknown & (lengths[table.core[short]] == 1))
        names = zip(
            table.core[short[chosen]].tolist(), table.core[long[chosen]].tolist(), strict=True
        )
        for at, (one, other) in zip(chosen.tolist(), names, strict=True):
            begun = beginning(cores[one], cores[other])
            found[at] |= bool(begun) and _is_name(cores[other][len(begun) + 1 :])
    return found
