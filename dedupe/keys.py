"""Keys of rows: rows that may be one company share one. They can be stored and looked up.

Each key is one number: the kind of the key, and a hash of what two rows share. Blocking finds pairs
in a list; these keys find the rows of a stored list for a new row. A key that more than `MOST`
companies have finds none of them: it says too little. Narrower keys (a name with its city, a domain
with the first letters of the name) find what is likely among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from dedupe.arrays import Codes, Ints, first_of_each, mixed
from dedupe.read_rows import MOST_VALUES
from dedupe.table import SEVERAL, SINGLE, Table
from dedupe.text_hashes import Hashes, hashes_of, hashes_of_both, hashes_of_codes
from dedupe.typos import typo_codes

#: A key that more companies have finds none of them.
MOST = 30
#: Keys fit into a signed number of 64 bits.
_DROPPED = np.uint64(1)
#: How many letters of a name without spaces are a key, from its beginning and from its end.
FIRST, LAST = 6, 7
#: Letters of a name that make a key narrower.
NARROW = 4
#: A word in more names is not mistyped.
OFTEN = 8
#: So many words in front of a name are looked at; two of them are a key.
WORDS = 3
#: Shorter initials are those of too many names.
_INITIALS = 2
_LONGEST_INITIALS = 6


class KeyKind(IntEnum):
    """What two rows share; keys of two kinds are never equal. Stored keys hold these numbers."""

    NAME = 1
    BEGINNING = 2
    END = 3
    INITIALS = 4
    WORD = 5
    TWO_WORDS = 6
    SLIP = 7
    DOMAIN = 8
    DOMAIN_AND_BEGINNING = 9
    PHONE = 10
    PHONE_AND_BEGINNING = 11
    STREET = 12
    STREET_AND_BEGINNING = 13
    REGISTER_NUMBER = 14
    NAME_IN_CITY = 15
    NAME_IN_POSTCODE = 16
    NAME_IN_COUNTRY = 17
    #: Rows that state the same.
    ALL = 18
    #: The id of a row: who holds it has the row itself.
    ROW = 19


#: The kind of a key, the hash of what is shared (0 for nothing), and the row of each hash.
_OfKind = tuple[KeyKind, Hashes, Ints]


class Keys(NamedTuple):
    """Keys and the row of a table that has each; the same pair stands here once."""

    keys: Ints
    nodes: Ints


def keys_of(table: Table) -> Keys:
    """Return all keys of the distinct rows of a table, sorted."""
    kinds, shared, owners = zip(*_kinds(table), strict=True)
    hashes, nodes = np.concatenate(shared), np.concatenate(owners)
    of_each = np.repeat(np.array(kinds, dtype=np.uint64), [len(one) for one in shared])
    said = hashes.nonzero()[0]
    keys, nodes = as_stored(hashes_of_both(of_each[said], hashes[said])), nodes[said]
    order = np.lexsort((nodes, keys))
    keys, nodes = keys[order], nodes[order]
    new = first_of_each(keys, nodes)
    return Keys(keys[new], nodes[new])


def _kinds(table: Table) -> Iterator[_OfKind]:
    nodes = np.arange(len(table), dtype=np.int64)
    owners = np.r_[nodes, table.alias_nodes.astype(np.int64)]
    names = np.r_[table.core, table.alias_cores].astype(np.int64)
    for kind, hashes in _of_names(table):
        yield kind, hashes[names], owners
    yield from _of_words(table, names, owners)
    yield from _of_values(table, nodes)
    yield KeyKind.ALL, stated_by(table), nodes


def stated_by(table: Table) -> Hashes:
    """Return a hash of all that each row of a table states."""
    found = np.zeros(len(table), dtype=np.uint64)
    aliases = hashes_of(table.names.cores)[table.alias_cores]
    np.add.at(found, table.alias_nodes, mixed(aliases))
    found = hashes_of_both(found, hashes_of(table.names.cores)[table.core])
    for name in SINGLE:
        found = hashes_of_both(found, _single(table, name))
    for name in SEVERAL:
        wide = table.several[name]
        for place in range(MOST_VALUES):
            values = np.zeros(len(table), dtype=np.uint64)
            if place < wide.shape[1]:
                values = hashes_of_codes(table.texts[name], wide[:, place])
            found = hashes_of_both(found, values)
    return found


def keys_of_rows(ids: Sequence[str]) -> Ints:
    """Return the key of each row by its id."""
    return as_stored(hashes_of_both(np.full(1, KeyKind.ROW, dtype=np.uint64), hashes_of(ids)))


def as_stored(hashes: Hashes) -> Ints:
    """Return hashes as signed numbers, which databases store."""
    return np.asarray((hashes >> _DROPPED).astype(np.int64))


def _of_names(table: Table) -> Iterator[tuple[KeyKind, Hashes]]:
    """Yield what names of one spelling, beginning, end or initials share."""
    spelled, cores = table.names.squashed, table.names.cores
    first = [text[:FIRST] if len(text) >= FIRST else "" for text in spelled]
    last = [text[-LAST:] if len(text) > LAST else "" for text in spelled]
    yield KeyKind.NAME, hashes_of(cores)
    yield KeyKind.BEGINNING, hashes_of(first)
    yield KeyKind.END, hashes_of(last)
    yield KeyKind.INITIALS, hashes_of([initials_of(core) for core in cores])


def initials_of(core: str) -> str:
    """Return the initials of a name of several words, or a word that may be initials."""
    words = core.split()
    letters = "".join([word[0] for word in words]) if len(words) > 1 else core
    return letters if _INITIALS < len(letters) <= _LONGEST_INITIALS else ""


def _of_words(table: Table, names: Ints, owners: Ints) -> Iterator[_OfKind]:
    """Yield the words of names, each two of the heaviest, and the spellings near a rare one."""
    of_word = np.append(hashes_of(table.names.vocabulary), np.uint64(0))
    tokens = table.names.tokens[names]
    words = of_word[tokens]
    for place in range(words.shape[1]):
        yield KeyKind.WORD, words[:, place], owners
    for one in range(WORDS):
        for other in range(one):
            left, right = words[:, one], words[:, other]
            yield KeyKind.TWO_WORDS, _with(np.minimum(left, right), np.maximum(left, right)), owners
    yield KeyKind.SLIP, *_slips(table, tokens[:, 0], owners)


def _slips(table: Table, words: Codes, owners: Ints) -> tuple[Hashes, Ints]:
    """Return hashes that rare words one typo apart share, and their owners."""
    rare = np.append(table.names.frequencies, OFTEN + 1)[words] <= OFTEN
    at = np.flatnonzero(rare & (words >= 0))
    codes, of_word = typo_codes(table.names.vocabulary, words[at])
    return codes.astype(np.uint64), owners[at][of_word]


def _of_values(table: Table, nodes: Ints) -> Iterator[_OfKind]:
    """Yield the values that few companies share, and narrower keys for those that many do."""
    name = hashes_of(table.names.cores)[table.core]
    begins = hashes_of([text[:NARROW] for text in table.names.squashed])[table.core]
    for several, kind, narrower in (
        ("domain", KeyKind.DOMAIN, KeyKind.DOMAIN_AND_BEGINNING),
        ("phone", KeyKind.PHONE, KeyKind.PHONE_AND_BEGINNING),
    ):
        for column in table.several[several].T:
            hashes = hashes_of_codes(table.texts[several], column)
            yield kind, hashes, nodes
            yield narrower, _with(hashes, begins), nodes

    place = _with(_single(table, "street_number"), _single(table, "street_name"))
    yield KeyKind.STREET, place, nodes
    yield KeyKind.STREET_AND_BEGINNING, _with(place, begins), nodes
    yield KeyKind.REGISTER_NUMBER, _single(table, "register_number"), nodes
    yield KeyKind.NAME_IN_CITY, _with(_single(table, "city"), name), nodes
    yield KeyKind.NAME_IN_POSTCODE, _with(_single(table, "postcode"), name), nodes
    yield KeyKind.NAME_IN_COUNTRY, _with(_single(table, "country"), name), nodes


def _single(table: Table, name: str) -> Hashes:
    return hashes_of_codes(table.texts[name], table.single[name])


def _with(one: Hashes, other: Hashes) -> Hashes:
    """Return the hash of both; 0 where one is missing."""
    return np.where((one > 0) & (other > 0), hashes_of_both(one, other), np.uint64(0))
