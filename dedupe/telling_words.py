"""What the words are that only one of two names has, and whether they tell two companies apart."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from dedupe.arrays import Bits, Codes, Flags, Ints, groups, place_of
from dedupe.names_table import Names, words_of_places
from dedupe.table import Table
from dedupe.word_kinds import Kind
from leads.lexicon.places.countries import country_code

#: Shorter words may be a slip of a legal form.
_LONG_BRAND = 6
#: Initials that are written together are at most this many letters.
SHORT_BRAND = 3


class OwnWords(NamedTuple):
    """The kinds of the words that only the left name has, and only the right one; 0 if none."""

    left: Codes
    right: Codes


def own_words(
    table: Table, nodes: tuple[Ints, Ints], names: tuple[Ints, Ints], own: tuple[Bits, Bits]
) -> OwnWords:
    """Return the kinds of the words that the other name lacks; a row's own city is nothing.

    `own` has a bit for each such word of the names, as `NamePairs` has.
    """
    kinds = np.append(table.names.kinds, 0)
    lengths = np.append(table.names.shapes.lengths, 0)
    kinds[(kinds == Kind.BRAND) & (lengths >= _LONG_BRAND)] |= Kind.LONG
    kinds[(kinds == Kind.BRAND) & (lengths <= SHORT_BRAND)] |= Kind.SHORT
    found = [np.zeros(len(side), dtype=np.int32) for side in own]
    cities, countries = _city_words(table), _country_words(table)
    for side, words, bits in zip(found, names, own, strict=True):
        # Most names lack one word or two, so only those are looked at.
        at, place = np.unpackbits(bits[:, None], axis=1, bitorder="little").nonzero()
        if not len(at):
            continue
        tokens = table.names.tokens[words[at], place]
        each = kinds[tokens]
        if len(cities):
            each[_of_city(table, cities, tokens, nodes[0][at], nodes[1][at])] = Kind.NOTHING
        home = [table.single["country"][node[at]] for node in nodes]
        named = countries[tokens]
        each[(named >= 0) & ((named == home[0]) | (named == home[1]))] = Kind.HOME
        starts, _ = groups(at)
        side[at[starts]] = np.bitwise_or.reduceat(each, starts)
    return OwnWords(*found)


def _city_words(table: Table) -> Codes:
    """Return the words of each city; an empty table if no row has a city."""
    texts = table.texts["city_as_written"]
    if not texts:
        return np.empty((0, 3), np.int32)
    words = words_of_places(table.names, texts, table.whole_words)
    return np.append(words, [[-1] * 3], 0)


def _country_words(table: Table) -> Codes:
    """Return the country that each word names; -1 for most, and for the word after the last."""
    names = table.names
    found = np.full(len(names.vocabulary) + 1, -1, dtype=np.int32)
    for at in np.flatnonzero(names.kinds == Kind.PLACE).tolist():
        code = country_code(names.vocabulary[at])
        known = place_of(table.texts["country"], code) if code else None
        found[at] = -1 if known is None else known
    return found


def _of_city(table: Table, cities: Codes, tokens: Codes, left: Ints, right: Ints) -> Flags:
    """Check which words name the city of one of the two rows."""
    column = table.single["city_as_written"]
    found = np.zeros(tokens.shape, dtype=bool)
    for node in (left, right):
        of_node = cities[column[node]]
        for at in range(of_node.shape[1]):
            found |= tokens == of_node[:, at]
    return found & (tokens >= 0)


def complete_names(names: Names) -> Flags:
    """Check which names are complete without a form: an institution, or `Marks and Spencer`."""
    kinds = np.append(names.kinds, 0)
    body = ((kinds[names.tokens] & Kind.BODY) != 0).any(axis=1)
    # Two words joined by "and", which is not compared.
    short = np.flatnonzero((names.lengths <= 2) & ~body).tolist()
    joined = [at for at in short if " and " in names.cores[at]]
    body[[at for at in joined if names.cores[at].count(" ") == 2]] = True
    return np.asarray(body)
