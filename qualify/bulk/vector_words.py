"""Answers to questions about texts, industries and technologies, for all companies at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from leads.answers import Answer
from leads.attributes import World, attribute
from leads.values import TechnologyUse, Value
from qualify.bulk.rows import SITE, TOLD, Bools, Rows
from qualify.bulk.vector_numbers import (
    NO,
    UNKNOWN,
    YES,
    Answers,
    by_company,
    replaced_by,
    says_more,
)
from qualify.decide.lost_zeros import postcode_answer
from qualify.decide.meets import is_use_of, meets
from qualify.profile.criteria import Matches, Terms, Uses

_NUMBER = {Answer.NO: NO, Answer.UNKNOWN: UNKNOWN, Answer.YES: YES}
#: Postcodes kept for each question.
MOST = 200_000
_NOBODY = np.empty(0, dtype=np.intp)


def answer_texts(leaf: Matches, rows: Rows, size: int) -> tuple[Answers, NDArray[np.intp]]:
    """One answer for each company about a text, and the companies that must be asked one by one."""
    if leaf.attribute == "industry":
        return _industries(leaf, rows, size)
    of_sites = bool(len(rows.at)) and bool((rows.column.scope[rows.at] == SITE).all())
    if attribute(leaf.attribute).world is World.OPEN and not of_sites:
        return _open_texts(leaf, rows, size), _NOBODY
    table = _table(rows.column.vocabulary, _says(leaf))
    return _closed_texts(rows, table[rows.code], size)


def answer_postcodes(
    leaf: Matches, rows: Rows, countries: Rows | None, size: int
) -> tuple[Answers, NDArray[np.intp]]:
    """As `answer_texts`, of postcodes: the country of a company tells which of them lost zeros.

    A company of several countries is asked one by one.
    """
    country, several = _country_codes(countries, size)
    words = rows.column.vocabulary
    pairs = country[rows.company] * len(words) + rows.code
    kinds, place = np.unique(pairs, return_inverse=True)
    known = _known_postcodes(leaf)
    table = np.empty(len(kinds), dtype=np.int8)
    for at, kind in enumerate(kinds.tolist()):
        code, word = divmod(kind, len(words))
        whose = str(countries.column.vocabulary[code]) if countries and code >= 0 else ""
        asked = (str(words[word]), whose)
        # Another thread may drop what is known.
        answer = known.get(asked)
        if answer is None:
            if len(known) >= MOST:
                known.clear()
            answer = _NUMBER[postcode_answer(leaf, asked[0], (whose,) if whose else ())]
            known[asked] = answer
        table[at] = answer
    found, again = _closed_texts(rows, table[place], size)
    return found, np.union1d(again, np.intersect1d(several, rows.company)).astype(np.intp)


@lru_cache(maxsize=8)
def _known_postcodes(_: Matches) -> dict[tuple[str, str], int]:
    """What postcodes of countries answered to a question: other companies have the same ones."""
    return {}


def _country_codes(countries: Rows | None, size: int) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """The code of each company's country, -1 for none, and the companies that have several."""
    most = np.full(size, -1, dtype=np.int64)
    if countries is None:
        return most, _NOBODY
    least = np.full(size, len(countries.column.vocabulary), dtype=np.int64)
    np.maximum.at(most, countries.company, countries.code)
    np.minimum.at(least, countries.company, countries.code)
    return most, np.flatnonzero((most >= 0) & (least != most))


def _closed_texts(rows: Rows, each: Answers, size: int) -> tuple[Answers, NDArray[np.intp]]:
    """One answer for each company from those of its rows, of which one is true."""
    found, mixed = by_company(each, rows.company, size)
    again = mixed[rows.company] & ~rows.of_sites
    if not again.any():
        return found, _NOBODY
    return _later_word(rows.where(again), each[again], found)


def _later_word(rows: Rows, each: Answers, found: Answers) -> tuple[Answers, NDArray[np.intp]]:
    """Of two texts the one that the source of both says now; of more, where one source speaks
    twice, only looking tells.
    """
    starts = np.flatnonzero(np.r_[True, rows.company[1:] != rows.company[:-1]])
    counts = np.diff(np.r_[starts, len(rows.company)])
    owner = rows.company[starts]
    pair = counts == 2
    first = starts[pair]
    found[owner[pair]] = np.where(replaced_by(rows, first, first + 1), each[first + 1], UNKNOWN)
    twice = np.logical_or.reduceat(says_more(rows), starts) & ~pair
    return found, owner[twice].astype(np.intp)


def _open_texts(leaf: Matches, rows: Rows, size: int) -> Answers:
    """In an open world a wanted word that was not seen is open, and so is an unwanted one."""
    found = np.full(
        size,
        YES if any(words for name, words in leaf.terms.parts() if name != "none_of") else UNKNOWN,
        dtype=np.int8,
    )
    for part in _wanted(leaf.terms):
        asked = Matches(leaf.attribute, part)
        seen = _present(rows, lambda value, asked=asked: meets(asked, (value,)) is Answer.YES, size)  # type: ignore[misc]
        found = np.minimum(found, np.where(seen, YES, UNKNOWN)).astype(np.int8)
    if leaf.terms.none_of:
        unwanted = Matches(leaf.attribute, Terms(any_of=leaf.terms.none_of))
        found[_present(rows, lambda value: meets(unwanted, (value,)) is Answer.YES, size)] = NO
        found[found == YES] = UNKNOWN
    return found


def _wanted(terms: Terms) -> list[Terms]:
    parts = [
        Terms(**{name: words})
        for name, words in terms.parts()
        if words and name not in ("all_of", "none_of")
    ]
    return parts + [Terms(any_of=(word,)) for word in terms.all_of]


def _present(rows: Rows, is_it: Callable[[Value], bool], size: int) -> Bools:
    marked = np.zeros(size, dtype=np.bool_)
    marked[
        rows.company[
            _table(rows.column.vocabulary, lambda value: int(is_it(value)))[rows.code] == 1
        ]
    ] = True
    return marked


def _says(leaf: Matches) -> Callable[[Value], int]:
    """What each value answers to a question."""
    return lambda value: _NUMBER[meets(leaf, (value,))]


def _table(vocabulary: Sequence[Value], of: Callable[[Value], int]) -> Answers:
    return np.array([of(value) for value in vocabulary], dtype=np.int8)


def _industries(leaf: Matches, rows: Rows, size: int) -> tuple[Answers, NDArray[np.intp]]:
    """A company is in all the industries one source names now; sources that contradict each other
    leave it open.
    """
    rows = rows.where(~_outdated(rows))
    found = np.full(size, UNKNOWN, dtype=np.int8)
    if not len(rows.at):
        return found, _NOBODY
    starts = np.flatnonzero(
        np.r_[True, (rows.company[1:] != rows.company[:-1]) | (rows.source[1:] != rows.source[:-1])]
    )
    parts = [(Terms(any_of=leaf.terms.any_of), False)] if leaf.terms.any_of else []
    parts += [(Terms(any_of=(word,)), False) for word in leaf.terms.all_of]
    parts += [(Terms(any_of=leaf.terms.none_of), True)] if leaf.terms.none_of else []
    by_source = np.full(len(starts), YES, dtype=np.int8)
    for terms, turned in parts:
        asked = Matches("industry", terms)
        each = _table(rows.column.vocabulary, _says(asked))[rows.code]
        among = np.maximum.reduceat(each, starts)
        by_source = np.minimum(by_source, YES - among if turned else among).astype(np.int8)
    owner = rows.company[starts]
    yes, no = (np.zeros(size, dtype=np.bool_) for _ in range(2))
    yes[owner[by_source == YES]] = True
    no[owner[by_source == NO]] = True
    found[yes & ~no], found[no & ~yes] = YES, NO
    return found, _NOBODY


def _outdated(rows: Rows) -> Bools:
    """The rows that their source has replaced since: all but its newest, when it says something
    else now.
    """
    if len(rows.at) < 2:
        return np.zeros(len(rows.at), dtype=np.bool_)
    source, method = rows.source, rows.method
    new = (
        (rows.company[1:] != rows.company[:-1])
        | (source[1:] != source[:-1])
        | (method[1:] != method[:-1])
    )
    starts = np.flatnonzero(np.r_[True, new])
    last = np.r_[starts[1:], len(rows.at)] - 1
    of = np.repeat(last, np.diff(np.r_[starts, len(rows.at)]))
    older = rows.day < rows.day[of]
    older |= (method == TOLD) & (rows.day == rows.day[of]) & (rows.moment < rows.moment[of])
    return np.asarray(older & ~rows.of_sites)


def answer_uses(
    leaf: Uses, rows: Rows, enough: Bools, size: int
) -> tuple[Answers, NDArray[np.intp]]:
    """One answer for each company about what it runs; `enough` says where silence means anything.
    Denials are looked at one by one.
    """
    found = np.full(size, YES, dtype=np.int8)

    def users(terms: tuple[str, ...]) -> Bools:
        return _present(rows, lambda value: any(is_use_of(value, term) for term in terms), size)

    for part in ((leaf.terms.any_of,) if leaf.terms.any_of else ()) + tuple(
        (term,) for term in leaf.terms.all_of
    ):
        found = np.minimum(found, np.where(users(part), YES, UNKNOWN)).astype(np.int8)
    if leaf.terms.none_of:
        absent = np.where(enough, YES, UNKNOWN)
        absent[users(leaf.terms.none_of)] = NO
        found = np.minimum(found, absent).astype(np.int8)
    denied = _present(rows, lambda value: isinstance(value, TechnologyUse) and not value.uses, size)
    return found, np.flatnonzero(denied)
