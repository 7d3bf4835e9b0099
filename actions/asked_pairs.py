"""What a person sees of a pair of rows, wherever the rows are: in the store or in a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Side:
    """One row of a pair."""

    name: str
    #: How people find the row.
    where: str
    #: What it states besides the name, by attribute.
    stated: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPair:
    """Two rows to compare by eye."""

    left: Side
    right: Side
    odds: float
    #: Whether they are one company now.
    together: bool
    #: Whether the first may be part of the second, a group.
    may_be_part: bool
    #: What speaks against the pair, and what agrees.
    disagreement: str
    reasons_for: Sequence[str]
    reasons_against: Sequence[str]


class PairDesk(Protocol):
    """Pairs that one person is asked about, one after the other."""

    #: How many pairs were drawn.
    count: int

    def pair(self, at: int) -> AskedPair | None:
        """Return a drawn pair; None if it needs no answer any more."""

    def say(self, at: int, said: str) -> None:
        """Store what a person says: same, different, part_of or unsure."""

    def undo(self) -> tuple[str, str]:
        """Withdraw what the person said last, and return the names of the two rows."""
