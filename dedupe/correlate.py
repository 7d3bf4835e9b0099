"""Cluster scored pairs by greedy correlation merging: one strong pair cannot join two groups."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dedupe.arrays import Codes, Floats, Ints, groups

#: Log-odds assumed for a pair that was never compared, when groups are weighed.
UNSEEN = -0.3
#: Cap on the log-odds of one pair, so that many weak contradictions can outweigh it.
MOST = 6.0
#: Mean log-odds that the pairs between two groups of several nodes need.
BETWEEN_GROUPS = 0.3
#: Log-odds of a pair that must never share a cluster.
NEVER = -1e12
#: Log-odds of a pair that a person called the same.
ALWAYS = 1e6


def correlate(
    count: int,
    left: Ints,
    right: Ints,
    odds: Floats,
    step: Callable[[int, int], None] = lambda _done, _of: None,
) -> Codes:
    """Return the cluster of each node, numbered by its smallest node.

    `odds` are log-odds per pair. `NEVER` always keeps a pair apart; `ALWAYS` merges it first.
    """
    cluster = np.arange(count, dtype=np.int32)
    positive = odds > 0
    reach = components(count, left[positive], right[positive])
    inside = np.flatnonzero(reach[left] == reach[right])
    order = inside[np.argsort(reach[left[inside]], kind="stable")]
    starts, sizes = groups(reach[left[order]])
    if not len(starts):
        return cluster
    # Most components need no search: all their nodes are compared, and all pairs are a match.
    nodes = np.bincount(reach)[reach[left[order[starts]]]]
    least = np.minimum.reduceat(odds[order], starts)
    whole = (sizes == nodes * (nodes - 1) // 2) & ((least > BETWEEN_GROUPS) | (sizes == 1))
    edges = order[np.repeat(whole, sizes)]
    for side in (left, right):
        cluster[side[edges]] = reach[side[edges]]

    searched = np.flatnonzero(~whole)
    for done, at in enumerate(searched.tolist()):
        edges = order[starts[at] : starts[at] + sizes[at]]
        _merge_greedily(left[edges], right[edges], odds[edges], cluster)
        if done % 1000 == 0:
            step(done, len(searched))
    return cluster


def components(count: int, left: Ints, right: Ints) -> Codes:
    """Return connected components, each named by its smallest node."""
    parent = np.arange(count, dtype=np.int64)
    while True:
        low, high = np.minimum(parent[left], parent[right]), np.maximum(parent[left], parent[right])
        apart = low != high
        if not apart.any():
            return parent.astype(np.int32)
        left, right = left[apart], right[apart]
        np.minimum.at(parent, high[apart], low[apart])
        while True:
            jumped = parent[parent]
            if np.array_equal(jumped, parent):
                break
            parent = jumped


def _merge_greedily(left: Ints, right: Ints, odds: Floats, cluster: Codes) -> None:
    """Merge the best pair of groups while their pairs support a match in total."""
    group_of: dict[int, int] = {}
    size: dict[int, int] = {}
    weight: dict[int, dict[int, tuple[float, int]]] = {}
    capped = np.where(np.abs(odds) >= ALWAYS, odds, np.clip(odds, -MOST, MOST))
    for one, other, value in zip(left.tolist(), right.tolist(), capped.tolist(), strict=True):
        for a, b in ((one, other), (other, one)):
            weight.setdefault(a, {})[b] = (value, 1)
            group_of[a], size[a] = a, 1

    def find(node: int) -> int:
        while group_of[node] != node:
            group_of[node] = group_of[group_of[node]]
            node = group_of[node]
        return node

    for edge in np.lexsort((right, left, -odds)).tolist():
        if odds[edge] <= 0:
            break
        a, b = find(int(left[edge])), find(int(right[edge]))
        if a != b and _speaks_for(weight[a].get(b), size[a], size[b]):
            # Move the group with fewer neighbours, so that a huge cluster is not copied at each
            # merge.
            keep, drop = (a, b) if (len(weight[a]), -a) >= (len(weight[b]), -b) else (b, a)
            _join(keep, drop, group_of, size, weight)
    smallest: dict[int, int] = {}
    for node in sorted(group_of):
        cluster[node] = smallest.setdefault(find(node), node)


def _speaks_for(known: tuple[float, int] | None, one: int, other: int) -> bool:
    """Check whether the pairs between two groups, including uncompared ones, support a match.

    Two groups of several nodes each hold together by themselves, so they need more.
    """
    if known is None:
        return False
    pairs = one * other
    asked = BETWEEN_GROUPS * pairs if min(one, other) > 1 else 0.0
    return known[0] + UNSEEN * (pairs - known[1]) > asked


def _join(
    keep: int,
    drop: int,
    group_of: dict[int, int],
    size: dict[int, int],
    weight: dict[int, dict[int, tuple[float, int]]],
) -> None:
    """Merge one group into another."""
    group_of[drop] = keep
    size[keep] += size.pop(drop)
    mine = weight[keep]
    mine.pop(drop, None)
    for other, (value, pairs) in weight.pop(drop).items():
        if other == keep:
            continue
        old_value, old_pairs = mine.get(other, (0.0, 0))
        mine[other] = weight[other][keep] = (old_value + value, old_pairs + pairs)
        weight[other].pop(drop, None)
