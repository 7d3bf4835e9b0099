"""What a key index answers: who has some keys, and which rows are behind them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from dedupe.arrays import Ints
from dedupe.corpus import Corpus
from dedupe.record import MatchRecord

#: The company of a key that too many companies have.
CROWDED = -1

#: A company of the last full comparison by its number, or a single row by its key.
Part = int | str
#: Two parts; the smaller one first.
Link = tuple[Part, Part]


def link_of(one: Part, other: Part) -> Link:
    """Return two parts as a link."""
    return (one, other) if str(one) < str(other) else (other, one)


@dataclass(frozen=True, slots=True)
class Holders:
    """Who has some keys: one entry per key and holder."""

    keys: Sequence[int]
    companies: Sequence[int]
    fresh_keys: Sequence[int]
    fresh_rows: Sequence[str]
    #: A hash of all that the fresh row states.
    fresh_faces: Sequence[int]


class Index(Protocol):
    """The keys of a stored list, and the rows behind them."""

    @property
    def corpus(self) -> Corpus:
        """The counts by which rows are compared."""

    def holders(self, keys: Ints) -> Holders:
        """Return who has these keys."""

    def company_rows(
        self, companies: Collection[int], most: int | None = None
    ) -> Mapping[int, Sequence[MatchRecord]]:
        """Return the live rows of companies of the last full comparison: all, or the first `most`.

        The first ones are those with the smallest keys.
        """

    def broken(self, companies: Collection[int]) -> set[int]:
        """Return those of the companies whose rows must be decided again, one by one."""

    def fresh(self, rows: Collection[str]) -> Sequence[MatchRecord]:
        """Return those of the fresh rows that are live."""

    def on_one_company(self, rows: Collection[str]) -> set[Part]:
        """Return the parts that are stored on a company with one of the rows."""
