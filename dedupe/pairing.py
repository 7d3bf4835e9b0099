"""From blocking to node pairs: compare names once, then give each node pair its best name pair."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dedupe.arrays import Flags, Ints, are_among, distinct, groups
from dedupe.block import Blocked, pair_code
from dedupe.compare_names import NamePairs, compare_names, join, promising
from dedupe.name_bearers import Bearing, in_one_country
from dedupe.pair_measures import FoundPairs, measured_pairs, once
from dedupe.pairs import Pairs
from dedupe.table import Table

#: For each name, at most this many nodes are paired with those of another name, and those of one
#: country; attributes find the rest.
NODES_A_NAME = 6
#: Name pairs compared before hopeless ones are dropped; bounds the memory, not the work.
_CHUNK = 1_000_000


def pair_up(
    table: Table, blocked: Blocked, step: Callable[[int, int], None] = lambda _done, _of: None
) -> Pairs:
    """Compare the names that blocking paired, and pair the nodes that have them."""
    return measured_pairs(table, *_named(table, blocked, step))


def _named(
    table: Table, blocked: Blocked, step: Callable[[int, int], None]
) -> tuple[NamePairs, FoundPairs]:
    """Compare the names, and pair the nodes that blocking found or that have promising names."""
    count, names = len(table), len(table.names.cores)
    left, right = blocked.nodes // count, blocked.nodes % count
    core_codes = pair_code(table.core[left], table.core[right], names)
    same_core = table.core[left] == table.core[right]
    shared_name = np.where(same_core, table.core[left], shared_alias(table, left, right))
    asked = distinct(core_codes[shared_name < 0])
    compared = _compare(table, distinct(np.r_[blocked.names, asked]), asked, step)
    codes = pair_code(compared.left, compared.right, names)
    of_blocked = np.where(
        shared_name >= 0, -1 - shared_name.astype(np.int64), np.searchsorted(codes, core_codes)
    )
    found = FoundPairs(left, right, of_blocked)
    if len(blocked.names):
        by_name = np.isin(codes, blocked.names, assume_unique=True)
        found = _with_bearers(table, compared, found, by_name)
    return compared, once(table, compared, found)


def _with_bearers(
    table: Table, compared: NamePairs, found: FoundPairs, by_name: Flags
) -> FoundPairs:
    """Put the pairs of nodes whose promising names blocking found in front of the others."""
    chosen = np.flatnonzero(by_name & promising(compared))
    more = paired_bearers(Bearing.of(table), chosen, compared)
    return FoundPairs(*map(np.append, more, found))


def _compare(table: Table, every: Ints, asked: Ints, step: Callable[[int, int], None]) -> NamePairs:
    """Compare name pairs that attributes ask for or that are promising on their own."""
    names = len(table.names.cores)
    parts: list[NamePairs] = []
    for start in range(0, max(len(every), 1), _CHUNK):
        step(start, len(every))
        part = every[start : start + _CHUNK]
        needed = are_among(part, asked)
        compared = compare_names(table.names, part // names, part % names, needed)
        if not needed.all():
            compared = compared.take(promising(compared) | needed)
        parts.append(compared)
    return join(parts)


def paired_bearers(table: Bearing, chosen: Ints, compared: NamePairs) -> tuple[Ints, Ints, Ints]:
    """Return node pairs for name pairs, with the index of the name pair."""
    nodes = np.r_[np.arange(len(table.core), dtype=np.int64), table.alias_nodes]
    cores = np.r_[table.core, table.alias_cores]
    order = np.lexsort((nodes, cores))
    nodes = nodes[order]
    starts, sizes = groups(cores[order])
    start_of, every = (np.zeros(table.names, dtype=np.int64) for _ in range(2))
    present = cores[order][starts]
    start_of[present], every[present] = starts, sizes
    size_of = np.minimum(every, NODES_A_NAME)
    left, right = compared.left[chosen], compared.right[chosen]
    times = size_of[left] * size_of[right]
    pair = np.repeat(np.arange(len(chosen)), times)
    place = np.arange(len(pair)) - np.repeat(np.cumsum(times) - times, times)
    wide = size_of[right][pair]
    many = chosen[np.maximum(every[left], every[right]) > NODES_A_NAME]
    more = in_one_country(table, compared.left[many], compared.right[many])
    return (
        np.r_[nodes[start_of[left][pair] + place // wide], more.left],
        np.r_[nodes[start_of[right][pair] + place % wide], more.right],
        np.r_[chosen[pair], many[more.pair]],
    )


def shared_alias(table: Table, left: Ints, right: Ints) -> Ints:
    """Return the name both nodes share where it is an alias of one; -1 elsewhere."""
    shared = np.full(len(left), -1, dtype=np.int64)
    aliases: dict[int, set[int]] = {}
    for node, core in zip(table.alias_nodes.tolist(), table.alias_cores.tolist(), strict=True):
        aliases.setdefault(node, set()).add(core)

    def names_of(node: int) -> set[int]:
        return {int(table.core[node])} | aliases.get(node, set())

    with_alias = np.isin(left, table.alias_nodes) | np.isin(right, table.alias_nodes)
    for at in np.flatnonzero(with_alias).tolist():
        both = names_of(int(left[at])) & names_of(int(right[at]))
        shared[at] = max(both, key=lambda core: (float(table.names.totals[core]), core), default=-1)
    return shared
