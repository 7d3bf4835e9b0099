"""The keys of one row, made without a table: NumPy takes longer to start than a few keys take.

They are those of `dedupe.keys` for a list that has this row alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from dedupe.arrays import Coder, Ints
from dedupe.core_words import CoreWords
from dedupe.corpus import Corpus
from dedupe.keys import FIRST, LAST, NARROW, OFTEN, WORDS, KeyKind, initials_of
from dedupe.names_table import WIDTH, expanded_words, weigh_by
from dedupe.normalise import around_of, read_columns
from dedupe.read_rows import MOST_VALUES
from dedupe.record import MatchRecord
from dedupe.table import SEVERAL, SINGLE
from dedupe.text_hashes import BITS, hash_of, hash_of_both, mixed_code
from dedupe.typos import typo_codes_of

#: A kind of key, and the hash of what is shared; 0 for nothing.
_Shared = tuple[KeyKind, int]


class _Name(NamedTuple):
    """A name of the row: its core, its letters, and its words that are compared, heaviest first."""

    core: str
    squashed: str
    words: list[str]
    #: The heaviest word is in few names.
    is_rare: bool


class _Row(NamedTuple):
    """What a row states: its own name, all its names, and the hashes of its values."""

    own: _Name
    names: Sequence[_Name]
    single: dict[str, int]
    several: dict[str, list[int]]


def keys_of_row(record: MatchRecord, corpus: Corpus) -> Ints:
    """Return all keys of a row, sorted; its names are read and weighed as in the list counted."""
    row = _read(record, corpus)
    found = {hash_of_both(kind, shared) >> 1 for kind, shared in _kinds(row) if shared}
    return np.array(sorted(found), dtype=np.int64)


def _read(record: MatchRecord, corpus: Corpus) -> _Row:
    coders = {name: Coder() for name in ("core", *SINGLE, *SEVERAL)}
    read, _, columns, lists = read_columns([record], coders, around=around_of(corpus))
    hashes = {name: [*map(hash_of, coder.known()), 0] for name, coder in coders.items()}
    own = coders["core"].known()[int(columns["core"][0])]
    names = _names(sorted(coders["core"].known()), read.foreign, corpus)
    return _Row(
        next(name for name in names if name.core == own),
        names,
        {name: hashes[name][int(columns[name][0])] for name in SINGLE},
        {name: [hashes[name][code] for code in lists[name][0].tolist()] for name in SEVERAL},
    )


def _names(cores: list[str], foreign: frozenset[str], corpus: Corpus) -> list[_Name]:
    spelled, shapes = expanded_words(cores, CoreWords.of(cores), foreign)
    weighed = weigh_by(corpus, spelled.vocabulary, shapes)
    weights, times = weighed.weights.tolist(), weighed.frequencies.tolist()
    flat, at = spelled.flat.tolist(), 0
    found = []
    for core, squashed, length in zip(
        cores, spelled.squashed, spelled.lengths.tolist(), strict=True
    ):
        # Of equal weight, in the order of the words.
        codes = sorted(flat[at : at + length], key=lambda code: (-weights[code], code))[:WIDTH]
        at += length
        words = [spelled.vocabulary[code] for code in codes]
        found.append(_Name(core, squashed, words, bool(codes) and times[codes[0]] <= OFTEN))
    return found


def _kinds(row: _Row) -> Iterator[_Shared]:
    for name in row.names:
        yield from _of_name(name)
    yield from _of_values(row)
    yield KeyKind.ALL, _stated_by(row)


def _of_name(name: _Name) -> Iterator[_Shared]:
    spelled = name.squashed
    yield KeyKind.NAME, hash_of(name.core)
    yield KeyKind.BEGINNING, hash_of(spelled[:FIRST]) if len(spelled) >= FIRST else 0
    yield KeyKind.END, hash_of(spelled[-LAST:]) if len(spelled) > LAST else 0
    yield KeyKind.INITIALS, hash_of(initials_of(name.core))
    words = [hash_of(word) for word in name.words]
    for word in words:
        yield KeyKind.WORD, word
    for two in combinations(words[:WORDS], 2):
        yield KeyKind.TWO_WORDS, _with(min(two), max(two))
    if name.is_rare:
        for code in typo_codes_of(name.words[0]):
            yield KeyKind.SLIP, code


def _of_values(row: _Row) -> Iterator[_Shared]:
    name, begins = hash_of(row.own.core), hash_of(row.own.squashed[:NARROW])
    for several, kind, narrower in (
        ("domain", KeyKind.DOMAIN, KeyKind.DOMAIN_AND_BEGINNING),
        ("phone", KeyKind.PHONE, KeyKind.PHONE_AND_BEGINNING),
    ):
        for value in row.several[several]:
            yield kind, value
            yield narrower, _with(value, begins)

    single = row.single
    place = _with(single["street_number"], single["street_name"])
    yield KeyKind.STREET, place
    yield KeyKind.STREET_AND_BEGINNING, _with(place, begins)
    yield KeyKind.REGISTER_NUMBER, single["register_number"]
    yield KeyKind.NAME_IN_CITY, _with(single["city"], name)
    yield KeyKind.NAME_IN_POSTCODE, _with(single["postcode"], name)
    yield KeyKind.NAME_IN_COUNTRY, _with(single["country"], name)


def _stated_by(row: _Row) -> int:
    """Return a hash of all that the row states."""
    others = (mixed_code(hash_of(one.core)) for one in row.names if one is not row.own)
    found = hash_of_both(sum(others) & BITS, hash_of(row.own.core))
    for name in SINGLE:
        found = hash_of_both(found, row.single[name])
    for name in SEVERAL:
        values = row.several[name]
        for value in (values + [0] * MOST_VALUES)[:MOST_VALUES]:
            found = hash_of_both(found, value)
    return found


def _with(one: int, other: int) -> int:
    """Return the hash of both; 0 where one is missing."""
    return hash_of_both(one, other) if one and other else 0
