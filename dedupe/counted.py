"""How often values and names occur: in the rows themselves, or in the list that a corpus counts."""

from __future__ import annotations

import numpy as np

from dedupe.arrays import Codes, Flags, Ints, distinct
from dedupe.corpus import Corpus, Counts
from dedupe.table import SEVERAL, Table
from dedupe.text_hashes import Hashes, hashes_of, hashes_of_both, hashes_of_codes

#: Attributes of which it matters how many names share a value.
_SHARED = ("postcode", "register_number", "branch", *SEVERAL)
#: Attributes of which it matters how many rows have a value.
PLACES = ("country", "city")
#: House number and street, as one value.
STREET = "street"


def rows_with(table: Table, name: str) -> tuple[Ints, int]:
    """Return how many rows have each value of an attribute, and how many have any.

    The last entry is that of a missing value, 0.
    """
    if table.corpus:
        times = table.corpus.values[name].of_texts(table.texts[name])
        return np.append(times, 0), table.corpus.stated[name]
    column = table.single[name]
    known = column[column >= 0]
    return np.bincount(known, minlength=len(table.texts[name]) + 1), len(known)


def names_with(table: Table, name: str, column: Codes) -> Ints:
    """Return how many names have each value of an attribute; the last entry is 0.

    `column` has one or several codes per row.
    """
    if table.corpus:
        return np.append(table.corpus.values[name].of_texts(table.texts[name]), 0)
    return _names_with(table, column, len(table.texts[name]))


def names_at(table: Table, place: Codes, count: int) -> Ints:
    """Return how many names are at each place, coded from 0 to `count`; the last entry is 0."""
    if not table.corpus:
        return _names_with(table, place, count)
    hashes = np.zeros(count + 1, dtype=np.uint64)
    hashes[place] = _street_hashes(table)
    hashes[-1] = 0
    return table.corpus.values[STREET].of_hashes(hashes)


def _names_with(table: Table, column: Codes, count: int) -> Ints:
    wide = column if column.ndim > 1 else column[:, None]
    values = wide.ravel().astype(np.int64)
    names = len(table.names.cores)
    owners = np.repeat(table.core.astype(np.int64), wide.shape[1])
    borne = distinct((values * names + owners)[values >= 0])
    return np.bincount(borne // names, minlength=count + 1) if names else np.zeros(1, np.int64)


def bearers(table: Table) -> tuple[Ints, int]:
    """Return how many rows have each name, and how many rows there are."""
    if table.corpus:
        return table.corpus.bearers.of_texts(table.names.cores), table.corpus.nodes
    return np.bincount(table.core, minlength=len(table.names.cores)), len(table)


def in_several_towns(table: Table) -> Flags:
    """Check for each row whether its name is in several towns; the order of words is no matter."""
    words = _hashes_of_words(table)[table.core]
    if table.corpus:
        return np.asarray(table.corpus.towns.of_hashes(words) > 1)
    every, times = _towns(table, words)
    at = np.minimum(np.searchsorted(every, words), max(len(every) - 1, 0))
    return np.asarray((every[at] == words) & (times[at] > 1)) if len(every) else words < 0


def _towns(table: Table, words: Hashes) -> tuple[Hashes, Ints]:
    """Return the hash of each name with a town, sorted, and in how many towns it is."""
    city = table.single["city"]
    known = np.flatnonzero(city >= 0)
    every, place = np.unique(words[known], return_inverse=True)
    towns = int(city.max(initial=0)) + 1
    met = distinct(place.astype(np.int64) * towns + city[known])
    return every, np.bincount(met // towns, minlength=len(every))


def _hashes_of_words(table: Table) -> Hashes:
    """Return for each name a hash of its compared words."""
    names = table.names
    spelled = np.append(hashes_of(names.vocabulary), np.uint64(0))
    return np.asarray(spelled[names.tokens].sum(axis=1, dtype=np.uint64))


def _street_hashes(table: Table) -> Hashes:
    """Return for each row a hash of its house number and street."""
    number = hashes_of_codes(table.texts["street_number"], table.single["street_number"])
    name = hashes_of_codes(table.texts["street_name"], table.single["street_name"])
    return hashes_of_both(number, name)


def corpus_of(table: Table) -> Corpus:
    """Count the rows, the names and the values of a list."""
    names = table.names
    words = hashes_of(names.vocabulary)
    placed = words[:0] if table.placed is None else words[table.placed]
    values = {
        name: Counts.of(
            hashes_of(table.texts[name]), rows_with(table, name)[0][: len(table.texts[name])]
        )
        for name in PLACES
    }
    for name in _SHARED:
        column = table.single[name] if name in table.single else table.several[name]
        times = names_with(table, name, column)[: len(table.texts[name])]
        values[name] = Counts.of(hashes_of(table.texts[name]), times)
    streets, place = np.unique(_street_hashes(table), return_inverse=True)
    stated = table.single["street_number"] >= 0
    at = np.where(stated, place, -1).astype(np.int32)
    values[STREET] = Counts.of(streets, _names_with(table, at, len(streets))[: len(streets)])
    every, towns = _towns(table, _hashes_of_words(table)[table.core])
    return Corpus(
        names=names.listed,
        nodes=len(table),
        words=Counts.of(words, names.frequencies),
        placed=np.sort(placed),
        bearers=Counts.of(hashes_of(names.cores), bearers(table)[0]),
        towns=Counts.of(every, towns, 1),
        values=values,
        stated={name: rows_with(table, name)[1] for name in PLACES},
        places=table.places,
        letters=names.acronyms.letters,
        sizes=names.acronyms.sizes,
    )
