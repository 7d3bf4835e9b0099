"""Look one row up in a stored list: the companies that may be the same, by what its keys find."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from dedupe.ambiguous_names import MOST as MOST_AMBIGUOUS
from dedupe.ambiguous_names import SAYS, ambiguous
from dedupe.arrays import Ints
from dedupe.compare_pairs import KIND, Asked, Compared, compare_with
from dedupe.explain import reasons_of
from dedupe.key_index import CROWDED, Holders, Index, Part
from dedupe.keys import MOST
from dedupe.learned import Learned
from dedupe.no_collection import no_collection
from dedupe.outcome import Outcome, Strictness, outcome_of
from dedupe.record import Key, MatchRecord
from dedupe.row_keys import keys_of_row

#: Companies that a row is compared with: those that share the most with it, by their keys.
_COMPARED = 40
#: Rows of one company that it is compared with.
_ROWS = 10
#: More than any pair has: the row states what a stored one does.
_EQUAL = 10.0


@dataclass(frozen=True, slots=True)
class Alike:
    """A stored row that may be the same company as the one looked up."""

    row: Key
    #: Log-odds; above 0 means a match.
    odds: float
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]

    @property
    def outcome(self) -> Outcome:
        """Whether it is the same company, or a person must decide."""
        return outcome_of(self.odds)


@no_collection()
def look_up(
    index: Index,
    row: MatchRecord,
    strictness: Strictness,
    learned: Learned,
    company_of: Callable[[Key], Hashable | None],
    most: int,
) -> tuple[list[Alike], int]:
    """Return the likeliest row of each company that may be the same, the likeliest first.

    Also return how many companies the row was compared with. `company_of` gives the company of a
    row that the index returned; a row on no company is left out.
    """
    corpus = index.corpus
    keys = keys_of_row(row, corpus)
    parts = _likely(index.holders(keys), keys)
    rows = _rows_of(index, parts)
    if not rows:
        return [], 0
    companies = [company_of(one.key) for one in rows]
    asked = Asked(
        [row, *rows],
        np.zeros(len(rows), dtype=np.int64),
        np.arange(1, len(rows) + 1),
        corpus,
        strictness,
        learned,
    )
    compared = compare_with(asked)
    odds = np.minimum(compared.odds, np.float32(_EQUAL))
    unclear = ambiguous(compared, companies) & (odds > MOST_AMBIGUOUS)
    odds[unclear] = MOST_AMBIGUOUS
    chosen = _best(odds.tolist(), companies)[:most]
    places = compared.places[chosen]
    said = iter(_reasons(asked, compared, places[places >= 0]))
    found = []
    for at, place in zip(chosen, places.tolist(), strict=True):
        for_it, against = next(said) if place >= 0 else (("name and every value are equal",), ())
        if unclear[at]:
            against = (SAYS, *against)
        found.append(Alike(rows[at].key, round(float(odds[at]), 2), for_it, against))
    return found, len(set(companies) - {None})


def _reasons(
    asked: Asked, compared: Compared, places: Ints
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the reasons for and against some of the pairs that were compared."""
    if not len(places):
        return []
    return reasons_of(
        compared.table,
        asked.rows,
        compared.pairs.take(places),
        compared.measures[places],
        compared.told_apart[places],
        KIND,
        asked.learned,
    )


def _best(odds: Sequence[float], companies: Sequence[Hashable | None]) -> list[int]:
    """Return where the likeliest row of each company is, the likeliest first."""
    best: dict[Hashable, int] = {}
    for at in sorted(range(len(odds)), key=lambda at: -odds[at]):
        is_other = outcome_of(odds[at]) is Outcome.DIFFERENT
        if companies[at] is not None and not is_other:
            best.setdefault(companies[at], at)
    return list(best.values())


def _likely(holders: Holders, keys: Ints) -> list[Part]:
    """Return the parts that share the most: a key counts the more the fewer have it."""
    having: dict[int, set[Part]] = {}
    for key, company in zip(holders.keys, holders.companies, strict=True):
        having.setdefault(key, set()).add(company)
    for key, fresh in zip(holders.fresh_keys, holders.fresh_rows, strict=True):
        having.setdefault(key, set()).add(fresh)
    shared: Counter[Part] = Counter()
    for key in keys.tolist():
        parts = having.get(key, set())
        if CROWDED not in parts and len(parts) <= MOST:
            for part in parts:
                shared[part] += 1_000 // len(parts)
    return sorted(shared, key=lambda part: (-shared[part], str(part)))[:_COMPARED]


def _rows_of(index: Index, parts: Sequence[Part]) -> list[MatchRecord]:
    """Return the rows of the parts, a few of each."""
    numbers = [part for part in parts if isinstance(part, int)]
    companies = index.company_rows(numbers, _ROWS)
    fresh = index.fresh([part for part in parts if isinstance(part, str)])
    return [*chain.from_iterable(companies.values()), *fresh]
