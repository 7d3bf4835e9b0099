"""Select which matching pairs across two lists are reported."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dedupe.arrays import Flags, Floats, Ints
from dedupe.cross_list import Sides
from dedupe.outcome import REVIEWED
from dedupe.pairs import Pairs

#: Matches this much less likely (log-odds) than a row's best match are not reported.
BEHIND_THE_BEST = np.float32(1)
#: Log-odds of fully equal rows: more than all features can add up to.
EQUAL = np.float32(50)


@dataclass(frozen=True, slots=True)
class NodeMatches:
    """Matches between nodes of the left and the right list; every array has one entry per match."""

    left: Ints
    right: Ints
    odds: Floats
    #: Index among the scored pairs; -1 if both are one node because all values are equal.
    pair: Ints

    def take(self, chosen: Flags | Ints) -> NodeMatches:
        """Select some of the matches."""
        return NodeMatches(
            self.left[chosen], self.right[chosen], self.odds[chosen], self.pair[chosen]
        )


def select_matches(sides: Sides, pairs: Pairs, odds: Floats) -> NodeMatches:
    """Return the reported matches, by left node, most likely first."""
    matches = _all_matches(sides, pairs, odds)
    best = np.zeros(len(sides.left), dtype=np.float32)
    np.maximum.at(best, matches.left, matches.odds)
    matches = matches.take(matches.odds > best[matches.left] - BEHIND_THE_BEST)
    return matches.take(np.lexsort((matches.right, -matches.odds, matches.left)))


def select_reviews(
    sides: Sides, pairs: Pairs, odds: Floats, matched: Ints, most: int
) -> NodeMatches:
    """Return the likeliest pairs for review of left nodes without a match, at most `most` each."""
    free = sides.left.copy()
    free[matched] = False
    chosen = (odds > -REVIEWED) & (odds <= 0)
    forward = np.flatnonzero(chosen & free[pairs.left] & sides.right[pairs.right])
    backward = np.flatnonzero(chosen & free[pairs.right] & sides.right[pairs.left])
    found = NodeMatches(
        left=np.r_[pairs.left[forward], pairs.right[backward]],
        right=np.r_[pairs.right[forward], pairs.left[backward]],
        odds=np.r_[odds[forward], odds[backward]],
        pair=np.r_[forward, backward],
    )
    found = found.take(np.lexsort((found.right, -found.odds, found.left)))
    place = np.arange(len(found.left)) - np.searchsorted(found.left, found.left)
    return found.take(place < most)


def _all_matches(sides: Sides, pairs: Pairs, odds: Floats) -> NodeMatches:
    """Return every matching pair, from its left side to its right side."""
    forward = np.flatnonzero((odds > 0) & sides.left[pairs.left] & sides.right[pairs.right])
    backward = np.flatnonzero((odds > 0) & sides.left[pairs.right] & sides.right[pairs.left])
    equal = np.flatnonzero(sides.left & sides.right)
    return NodeMatches(
        left=np.r_[pairs.left[forward], pairs.right[backward], equal],
        right=np.r_[pairs.right[forward], pairs.left[backward], equal],
        odds=np.r_[odds[forward], odds[backward], np.full(len(equal), EQUAL)],
        pair=np.r_[forward, backward, np.full(len(equal), -1)],
    )
