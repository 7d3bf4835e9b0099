"""Candidate pairs between two lists: blocking keys that ignore pairs inside one list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from dedupe.arrays import Codes, Flags, Ints, distinct
from dedupe.block import Block, Blocked, KeyResult, name_keys, near, node_keys, pair_code
from dedupe.names_table import Names
from dedupe.table import Table


@dataclass(frozen=True, slots=True)
class Sides:
    """For each name or node: is it in the left list, and is it in the right one?"""

    left: Flags
    right: Flags

    @classmethod
    def of_nodes(cls, table: Table, lefts: int) -> Sides:
        """Return the sides of a table's nodes; the first `lefts` rows are the left list."""
        return cls(
            *(
                _flags(len(table), table.node_of[rows])
                for rows in (slice(lefts), slice(lefts, None))
            )
        )

    def of_names(self, table: Table) -> Sides:
        """Return the sides of a table's names, given the sides of its nodes."""
        bearers, borne = (
            np.r_[np.arange(len(table)), table.alias_nodes],
            np.r_[table.core, table.alias_cores],
        )
        return Sides(
            *(
                _flags(len(table.names.cores), borne[side[bearers]])
                for side in (self.left, self.right)
            )
        )


def _flags(count: int, chosen: Ints | Codes) -> Flags:
    flags = np.zeros(count, dtype=bool)
    flags[chosen] = True
    return flags


def candidates_across(table: Table, of_nodes: Sides) -> Blocked:
    """Return every candidate pair with one row in each list."""
    of_names = of_nodes.of_names(table)
    found: list[KeyResult] = []
    shared = _shared_by_both(table.names, of_names)
    names = _brought_together(name_keys(shared), of_names, shared, len(shared.cores), found)
    return Blocked(
        names,
        _brought_together(node_keys(table), of_nodes, shared, len(table), found),
        tuple(found),
    )


def _shared_by_both(names: Names, sides: Sides) -> Names:
    """Drop words that occur in one list only: they cannot find a pair."""
    has = [
        _flags(len(names.vocabulary) + 1, names.tokens[side].ravel())[:-1]
        for side in (sides.left, sides.right)
    ]
    return replace(names, frequencies=np.where(has[0] & has[1], names.frequencies, 1))


def _brought_together(
    blocks: Iterable[Block], sides: Sides, names: Names, count: int, found: list[KeyResult]
) -> Ints:
    several = []
    for key, codes, members, cap, window, texts in blocks:
        pairs, largest, value = pairs_across(codes, members, sides, count, cap, window)
        pairs = near(key, pairs, count, names)
        found.append(
            KeyResult(key, len(pairs), largest, texts[value] if 0 <= value < len(texts) else "")
        )
        several.append(pairs)
    return distinct(np.concatenate(several)) if several else np.empty(0, np.int64)


def pairs_across(
    codes: Ints, members: Ints, sides: Sides, count: int, cap: int, window: int
) -> tuple[Ints, int, int]:
    """Return all (left, right) pairs with the same code, the largest block size, and its code.

    A block compares at most as many pairs as a block of `cap` members inside one list. Beyond that,
    each left member is paired with its nearest right members, up to `window` on each side. The
    order of the members defines who is near.
    """
    order = np.flatnonzero(codes >= 0)
    order = order[np.argsort(codes[order], kind="stable")]
    lefts, rights = (np.flatnonzero(side[members[order]]) for side in (sides.left, sides.right))
    of_left, of_right = codes[order][lefts], codes[order][rights]
    start, end = np.searchsorted(of_right, of_left), np.searchsorted(of_right, of_left, "right")
    in_left = np.searchsorted(of_left, of_left, "right") - np.searchsorted(of_left, of_left)
    sizes = np.where(end > start, end - start + in_left, 0)
    place = np.searchsorted(rights, lefts)
    crowded = (end - start) * in_left > max(cap * (cap - 1) // 2, 1)
    start = np.where(crowded, np.maximum(start, place - window), start)
    end = np.where(crowded, np.minimum(end, place + window), end)
    largest = int(sizes.argmax()) if len(sizes) else -1
    at = _ranges(start, end)
    one, other = members[order][np.repeat(lefts, end - start)], members[order][rights[at]]
    pairs = distinct(pair_code(one, other, count)[one != other])
    return (
        pairs,
        int(sizes[largest]) if len(sizes) else 0,
        int(of_left[largest]) if len(sizes) else -1,
    )


def _ranges(start: Ints, end: Ints) -> Ints:
    """Concatenate the numbers of all ranges."""
    sizes = end - start
    places: Ints = np.arange(int(sizes.sum())) + np.repeat(
        start - (np.cumsum(sizes) - sizes), sizes
    )
    return places
