"""Put rows in order of time, so that what is learned early is tried on what came later."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from engage.predict.number_text import number_of
from engage.predict.table import Column, Flags, Ints
from engage.predict.written_days import places_of_days
from leads.errors import UsageError

_NUMBERS = re.compile(r"\d+")
#: Rows that are learned from; the rest are tried.
LEARNED = 0.7
#: Fewer won or lost rows than this among the tried say nothing.
_FEW = 10


@dataclass(frozen=True, slots=True)
class Split:
    """The rows in order of time, and how that order was found."""

    order: Ints
    #: How many of the first rows are learned from.
    learned: int
    #: Empty when a column of times gives the order.
    note: str = ""


def split(won: Flags, time: Column | None) -> Split:
    """Put the rows in order of time and cut them after 70 %.

    Without a column of times the rows are taken in the order of the file; if that has hardly a won
    or lost row among the last 30 %, they are mixed.
    """
    learned = round(len(won) * LEARNED)
    if time is not None:
        return Split(np.argsort(_moments(time), kind="stable"), learned)
    tried = won[learned:]
    wins, losses = int(tried.sum()), int((~tried).sum())
    if min(wins, losses) >= min(_FEW, int(won.sum()), int((~won).sum())):
        note = "no --time: the rows are taken in the order of the file, the oldest first"
        return Split(np.arange(len(won)), learned, note)
    mixed = np.random.default_rng(0).permutation(len(won))
    note = (
        "no --time, and the file is sorted by its outcome: the rows are mixed, "
        "so nothing shows whether this holds forward in time"
    )
    return Split(mixed, learned, note)


def _moments(time: Column) -> Ints:
    """The place in time of each row. UsageError when a row states no number and no date."""
    keys = places_of_days(time.name, time.texts) or [_key(time.name, one) for one in time.texts]
    ranks = {key: place for place, key in enumerate(sorted(set(keys)))}
    places = np.array([ranks[key] for key in keys], dtype=np.int64)
    return places[time.code]


def _key(column: str, text: str) -> tuple[float, ...]:
    """Sorts numbers, and dates that start with the year; UsageError when the text is neither."""
    number = number_of(text)
    if number is not None:
        return (number,)
    parts = _NUMBERS.findall(text)
    if len(parts) < 3 or len(parts[0]) != 4:
        raise UsageError(
            f"{column!r} says {text!r}, which is no time",
            "write times as 2026-11-29, 29.11.2026 or numbers, or leave --time out",
        )
    return tuple(int(part) for part in parts)
