"""Compare cities beyond equality: misspelled ones, and names in several cities."""

from __future__ import annotations

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from dedupe import counted
from dedupe.arrays import Flags, Floats, Ints
from dedupe.name_parts import is_known_city
from dedupe.table import Table

#: A shorter city one typo away is as likely another city.
_SHORTEST = 5
#: A city in more rows than this is a city, not a typo.
_SELDOM = 2
#: A misspelled city agrees this much.
_MISSPELLED = np.float32(0.5)


def with_misspelled(table: Table, stand: Floats, left: Ints, right: Ints) -> Floats:
    """Count two different cities as nearly equal if one is a rare word one typo from the other."""
    column, texts = table.single["city"], table.texts["city"]
    asked = np.flatnonzero(stand < 0)
    if not len(asked):
        return stand
    rows, _ = counted.rows_with(table, "city")
    sizes = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    one, other = column[left[asked]].astype(np.int64), column[right[asked]].astype(np.int64)
    likely = (
        (np.minimum(rows[one], rows[other]) <= _SELDOM)
        & (np.minimum(sizes[one], sizes[other]) >= _SHORTEST)
        & (np.abs(sizes[one] - sizes[other]) <= 1)
    )
    asked, one, other = asked[likely], one[likely], other[likely]
    codes, back = np.unique(one * len(texts) + other, return_inverse=True)
    stand[asked[_one_typo_apart(texts, rows, codes)[back]]] = _MISSPELLED
    return stand


def _one_typo_apart(texts: list[str], rows: Ints, codes: Ints) -> Flags:
    """Check pairs of cities, coded in one number, for a typo in one that is rare."""
    one, other = codes // len(texts), codes % len(texts)
    near = (
        process.cpdist(
            [texts[at] for at in one.tolist()],
            [texts[at] for at in other.tolist()],
            scorer=OSA.distance,
            score_cutoff=1,
            dtype=np.int32,
        )
        <= 1
    )
    found = np.asarray(near, dtype=bool)
    for at in np.flatnonzero(found).tolist():
        # Marburg is no misspelled Warburg: the table knows both. Neither is District 1 a slip of 11.
        both = int(one[at]), int(other[at])
        unknown = any(rows[city] <= _SELDOM and not is_known_city(texts[city]) for city in both)
        found[at] = unknown and _digits(texts[both[0]]) == _digits(texts[both[1]])
    return found


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def in_several_towns(table: Table, left: Ints, right: Ints) -> Floats:
    """Mark pairs of which one has no city, and whose name is in several cities."""
    city = table.single["city"]
    if not (city >= 0).any():
        return np.zeros(len(left), dtype=np.float32)
    several = counted.in_several_towns(table)
    lacking = (city[left] < 0) != (city[right] < 0)
    return np.asarray(lacking & several[left] & several[right], dtype=np.float32)
