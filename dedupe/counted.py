"""How often values and names occur: in the rows themselves, or in the list that they are of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dedupe.arrays import Codes, Flags, Ints, distinct
from dedupe.corpus import Corpus
from dedupe.list_counts import ADDRESS, Counts, ListCounts
from dedupe.names_table import Names
from dedupe.table import SEVERAL, Table
from dedupe.text_hashes import Hashes, hashes_of, hashes_of_both

#: Attributes of which it matters how many names share a value.
SHARED = ("postcode", "register_number", "branch", *SEVERAL)
#: Attributes of which it matters how many rows have a value.
PLACES = ("country", "city")


def rows_with(table: Table, name: str) -> tuple[Ints, int]:
    """Return how many rows have each value of an attribute, and how many have any.

    The last entry is that of a missing value, 0.
    """
    if table.counts:
        times = table.counts.values[name].of_texts(table.texts[name])
        return np.append(times, 0), table.counts.stated[name]
    column = table.single[name]
    known = column[column >= 0]
    return np.bincount(known, minlength=len(table.texts[name]) + 1), len(known)


def names_with(table: Table, name: str, column: Codes) -> Ints:
    """Return how many names have each value of an attribute; the last entry is 0.

    `column` has one or several codes per row.
    """
    if table.counts:
        return np.append(table.counts.values[name].of_texts(table.texts[name]), 0)
    return _names_with(table, column, len(table.texts[name]))


def names_at(table: Table, place: Ints, count: int) -> Ints:
    """Return how many names are at each address, coded from 0 to `count`; the last entry is 0."""
    if not table.counts:
        return _names_with(table, place, count)
    hashes = np.zeros(count + 1, dtype=np.uint64)
    hashes[place] = _addresses(table)
    return np.append(table.counts.values[ADDRESS].of_hashes(hashes[:-1]), 0)


def _names_with(table: Table, column: Codes | Ints, count: int) -> Ints:
    wide = column if column.ndim > 1 else column[:, None]
    values = wide.ravel().astype(np.int64)
    names = len(table.names.cores)
    owners = np.repeat(table.core.astype(np.int64), wide.shape[1])
    borne = distinct((values * names + owners)[values >= 0])
    return np.bincount(borne // names, minlength=count + 1) if names else np.zeros(1, np.int64)


def bearers(table: Table) -> tuple[Ints, int]:
    """Return how many rows have each name, and how many rows there are."""
    if table.counts:
        return table.counts.bearers.of_texts(table.names.cores), table.counts.nodes
    return np.bincount(table.core, minlength=len(table.names.cores)), len(table)


def in_several_towns(table: Table) -> Flags:
    """Check for each row whether its name is in several towns; the order of words is no matter."""
    words = hashes_of_words(table.names)[table.core]
    if table.counts:
        return np.asarray(table.counts.towns.of_hashes(words) > 1)
    return np.asarray(Counts.of(*_towns(table, words), few=1).of_hashes(words) > 1)


def _towns(table: Table, words: Hashes) -> tuple[Hashes, Ints]:
    """Return the hash of each name with a town, sorted, and in how many towns it is."""
    city = table.single["city"]
    known = np.flatnonzero(city >= 0)
    every, place = np.unique(words[known], return_inverse=True)
    towns = int(city.max(initial=0)) + 1
    met = distinct(place.astype(np.int64) * towns + city[known])
    return every, np.bincount(met // towns, minlength=len(every))


def hashes_of_words(names: Names) -> Hashes:
    """Return for each name a hash of its compared words, in any order."""
    spelled = np.append(hashes_of(names.vocabulary), np.uint64(0))
    return np.asarray(spelled[names.tokens].sum(axis=1, dtype=np.uint64))


def hashes_of_addresses(numbers: Sequence[str], streets: Sequence[str]) -> Hashes:
    """Return a hash for each house number with its street; 0 without a number."""
    return _with_streets(hashes_of(numbers), hashes_of(streets))


def _with_streets(number: Hashes, street: Hashes) -> Hashes:
    return np.where(number > 0, hashes_of_both(number, street), np.uint64(0))


def _addresses(table: Table) -> Hashes:
    """Return for each row a hash of its house number and street."""
    sides = ([*table.texts[name], ""] for name in ("street_number", "street_name"))
    numbers, streets = map(hashes_of, sides)
    number = numbers[table.single["street_number"]]
    return _with_streets(number, streets[table.single["street_name"]])


def corpus_of(table: Table) -> Corpus:
    """Count the rows, the names and the values of a list."""
    names = table.names
    words = hashes_of(names.vocabulary)
    placed = words[:0] if table.placed is None else words[table.placed]
    every, towns = _towns(table, hashes_of_words(names)[table.core])
    counts = ListCounts(
        nodes=len(table),
        bearers=Counts.of(hashes_of(names.cores), bearers(table)[0]),
        towns=Counts.of(every, towns, 1),
        values=_values(table),
        stated={name: rows_with(table, name)[1] for name in PLACES},
    )
    return Corpus(
        names=names.listed,
        words=Counts.of(words, names.frequencies),
        placed=np.sort(placed),
        counts=counts,
        places=table.places,
        letters=names.acronyms.letters,
        sizes=names.acronyms.sizes,
    )


def _values(table: Table) -> dict[str, Counts]:
    """Count the values of each attribute."""
    times = {name: rows_with(table, name)[0] for name in PLACES}
    for name in SHARED:
        column = table.single[name] if name in table.single else table.several[name]
        times[name] = names_with(table, name, column)
    counts = {
        name: Counts.of(hashes_of(table.texts[name]), found[: len(table.texts[name])])
        for name, found in times.items()
    }
    hashes, place = np.unique(_addresses(table), return_inverse=True)
    found = _names_with(table, np.where(hashes[place] > 0, place, -1), len(hashes))
    counts[ADDRESS] = Counts.of(hashes, found[: len(hashes)])
    return counts
