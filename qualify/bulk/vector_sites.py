"""For all companies at once: whether enough of their sites was read, and how far they lie from a
point.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leads.looks import counts_pages
from qualify.bulk.rows import Bools, Rows
from qualify.bulk.vector_numbers import NO, UNKNOWN, YES, Answers
from qualify.decide.coverage import ABOUT_THE_COMPANY, MORE_PAGES, kind_and_count
from qualify.decide.distance import EARTH_KM
from qualify.profile.coordinates import degrees
from qualify.profile.criteria import Near

#: Kinds of pages that fit into the bits of one number.
_MOST_KINDS = 62


def enough_pages(rows: Rows, wanted: tuple[str, ...], size: int) -> tuple[Bools, NDArray[np.intp]]:
    """Whether one look at a company's site was enough, and the companies whose looks must be added
    up one by one.
    """
    enough = np.zeros(size, dtype=np.bool_)
    read = [kind_and_count(str(value)) or ("", 0) for value in rows.column.vocabulary]
    kinds = list(dict.fromkeys(kind for kind, _ in read))
    if not len(rows.at) or len(kinds) > _MOST_KINDS:
        return enough, np.unique(rows.company).astype(np.intp)
    code = rows.code
    kind = np.array([kinds.index(name) for name, _ in read], dtype=np.int64)[code]
    count = np.array([number for _, number in read], dtype=np.int64)[code]
    new = (
        (rows.company[1:] != rows.company[:-1])
        | (rows.source[1:] != rows.source[:-1])
        | (rows.day[1:] != rows.day[:-1])
    )
    starts = np.flatnonzero(np.r_[True, new])
    of_pages = np.array([counts_pages(name) for name in kinds], dtype=np.bool_)[kind]
    pages = np.add.reduceat(np.where(of_pages, count, 0), starts)
    if "pages" in kinds:
        pages = np.maximum(
            pages, np.maximum.reduceat(np.where(kind == kinds.index("pages"), count, 0), starts)
        )
    seen = _Seen(
        np.bitwise_or.reduceat(np.where(count > 0, np.left_shift(1, kind), 0), starts), kinds
    )
    good = seen.any_of(("home",)) & (pages > MORE_PAGES) & seen.any_of(ABOUT_THE_COMPANY)
    for name in wanted:
        good &= seen.any_of((name,))
    owner = rows.company[starts]
    enough[owner[good]] = True
    # A kind stated twice in one look was counted twice.
    bits = np.left_shift(1, kind)
    twice = np.add.reduceat(bits, starts) != np.bitwise_or.reduceat(bits, starts)
    return enough, owner[twice].astype(np.intp)


class _Seen:
    """Which kinds each look saw, as bits."""

    def __init__(self, bits: NDArray[np.int64], kinds: list[str]) -> None:
        self._bits, self._kinds = bits, kinds

    def any_of(self, names: tuple[str, ...]) -> Bools:
        mask = sum(1 << self._kinds.index(name) for name in names if name in self._kinds)
        return np.asarray(self._bits & mask != 0)


def answer_near(leaf: Near, north: Rows, east: Rows, size: int) -> tuple[Answers, NDArray[np.intp]]:
    """One answer for each company with one latitude and one longitude; those with more must be
    looked at one by one.
    """
    found = np.full(size, UNKNOWN, dtype=np.int8)
    once = [np.bincount(rows.company, minlength=size) for rows in (north, east)]
    alone = (once[0] == 1) & (once[1] == 1)
    several = np.flatnonzero((once[0] > 0) & (once[1] > 0) & ~alone)
    up, across = north.where(alone[north.company]), east.where(alone[east.company])
    latitude, longitude = _degrees(up, 90), _degrees(across, 180)
    good = (
        (up.source == across.source)
        & (up.day == across.day)
        & ~np.isnan(latitude)
        & ~np.isnan(longitude)
    )
    far = _kilometres(latitude[good], longitude[good], leaf)
    found[up.company[good]] = np.where(far <= leaf.km, YES, NO)
    return found, several


def _degrees(rows: Rows, most: int) -> NDArray[np.float64]:
    read = [degrees(str(value), most) for value in rows.column.vocabulary]
    return np.array([np.nan if value is None else value for value in read], dtype=np.float64)[
        rows.code
    ]


def _kilometres(
    latitude: NDArray[np.float64], longitude: NDArray[np.float64], leaf: Near
) -> NDArray[np.float64]:
    here = np.radians(leaf.latitude)
    up, across = (
        (np.radians(latitude) - here) / 2,
        (np.radians(longitude) - np.radians(leaf.longitude)) / 2,
    )
    share = np.sin(up) ** 2 + np.cos(np.radians(latitude)) * np.cos(here) * np.sin(across) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(1.0, share))))
