"""Of the pairs that speak for one company across two lists, those that are told as matches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dedupe.across import Sides
from dedupe.arrays import Flags, Floats, Ints
from dedupe.pairs import Pairs

#: Matches of one row this much less likely than its best one, in log-odds, are not told.
BEHIND_THE_BEST = np.float32(1)
#: Log-odds of rows whose name and every other value are equal: more than any features add up to.
EQUAL = np.float32(50)


@dataclass(frozen=True, slots=True)
class Meetings:
    """Nodes of the left list and the nodes of the right that they may be; every array has one entry
    a meeting.
    """

    left: Ints
    right: Ints
    odds: Floats
    #: The place among the scored pairs; -1 where the two are one node, as all their values are
    #: equal.
    pair: Ints

    def take(self, chosen: Flags | Ints) -> Meetings:
        """Some of them."""
        return Meetings(self.left[chosen], self.right[chosen], self.odds[chosen], self.pair[chosen])


def matched(sides: Sides, pairs: Pairs, odds: Floats) -> Meetings:
    """The meetings that are told, by their left node, the likeliest first."""
    meetings = _meetings(sides, pairs, odds)
    best = np.zeros(len(sides.left), dtype=np.float32)
    np.maximum.at(best, meetings.left, meetings.odds)
    meetings = meetings.take(meetings.odds > best[meetings.left] - BEHIND_THE_BEST)
    return meetings.take(np.lexsort((meetings.right, -meetings.odds, meetings.left)))


def _meetings(sides: Sides, pairs: Pairs, odds: Floats) -> Meetings:
    """Every pair that speaks for one company, from its left side to its right."""
    forward = np.flatnonzero((odds > 0) & sides.left[pairs.left] & sides.right[pairs.right])
    backward = np.flatnonzero((odds > 0) & sides.left[pairs.right] & sides.right[pairs.left])
    equal = np.flatnonzero(sides.left & sides.right)
    return Meetings(
        left=np.r_[pairs.left[forward], pairs.right[backward], equal],
        right=np.r_[pairs.right[forward], pairs.left[backward], equal],
        odds=np.r_[odds[forward], odds[backward], np.full(len(equal), EQUAL)],
        pair=np.r_[forward, backward, np.full(len(equal), -1)],
    )
