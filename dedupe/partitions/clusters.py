"""From edges to clusters: connected components, each repaired by the engine's correlation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from dedupe.arrays import Ints
from dedupe.correlate import components, correlate
from dedupe.partitions.columns import ints, table_of
from dedupe.partitions.comparing import EDGES
from dedupe.partitions.flow import BUCKET, Flow

#: Nodes that share a cluster with another, and the smallest node of the cluster.
CLUSTERED = pa.schema([(BUCKET, pa.int64()), ("node", pa.int64()), ("cluster", pa.int64())])
_BUCKETS = 64


class Reach(NamedTuple):
    """The nodes with a matching edge, in order, and the component of each."""

    nodes: Ints
    component: Ints

    def of(self, nodes: Ints) -> Ints:
        """Return the component of each node; -1 for a node without a matching edge."""
        if not len(self.nodes):
            return np.full(len(nodes), -1, dtype=np.int64)
        at = np.minimum(np.searchsorted(self.nodes, nodes), len(self.nodes) - 1)
        return np.where(self.nodes[at] == nodes, self.component[at], -1).astype(np.int64)


def reach_of(flow: Flow, edges: Any) -> Reach:
    """Return the connected components of the matching edges, which are pairs of numbers."""
    matching = flow.collect(flow.each(edges, _matching, EDGES))
    left, right = ints(matching, "left"), ints(matching, "right")
    nodes = np.unique(np.r_[left, right])
    sides = [np.searchsorted(nodes, side) for side in (left, right)]
    return Reach(nodes, components(len(nodes), *sides).astype(np.int64))


def _matching(edges: pa.Table) -> pa.Table:
    odds = np.asarray(edges.column("between").to_numpy())
    return edges.take(pa.array(np.flatnonzero(odds > 0)))


def clusters_of(flow: Flow, edges: Any, reach: Callable[[], Reach]) -> Any:
    """Return the clusters of all components."""
    inside = flow.each(edges, _Inside(reach), EDGES)
    return flow.bucketed(inside, _Repaired(reach), CLUSTERED)


class _Inside:
    """Work that keeps the edges within a component, in its bucket."""

    def __init__(self, reach: Callable[[], Reach]) -> None:
        self._reach = reach

    def __call__(self, edges: pa.Table) -> pa.Table:
        reach = self._reach()
        left, right = (reach.of(ints(edges, side)) for side in ("left", "right"))
        kept = np.flatnonzero((left == right) & (left >= 0))
        found = edges.take(pa.array(kept))
        place = found.schema.get_field_index(BUCKET)
        return found.set_column(place, BUCKET, pa.array(left[kept] % _BUCKETS))


class _Repaired:
    """Work that clusters the components of a bucket."""

    def __init__(self, reach: Callable[[], Reach]) -> None:
        self._reach = reach

    def __call__(self, edges: pa.Table) -> pa.Table:
        left, right = ints(edges, "left"), ints(edges, "right")
        # The engine reads its edges in this order.
        order = np.lexsort((right, left))
        left, right = left[order], right[order]
        odds = np.array(edges.column("between").to_numpy(), dtype=np.float32)[order]
        nodes = np.unique(np.r_[left, right])
        one, other = (np.searchsorted(nodes, side) for side in (left, right))
        cluster = correlate(len(nodes), one, other, odds)
        several = np.flatnonzero(np.bincount(cluster, minlength=len(nodes))[cluster] > 1)
        found = nodes[several]
        return table_of(
            CLUSTERED, bucket=found % _BUCKETS, node=found, cluster=nodes[cluster[several]]
        )


class Members(NamedTuple):
    """The nodes that share a cluster with another, in order, and their clusters."""

    nodes: Ints
    clusters: Ints

    @classmethod
    def of_table(cls, clustered: pa.Table) -> Members:
        """Return them from a table of nodes and clusters."""
        nodes, clusters = ints(clustered, "node"), ints(clustered, "cluster")
        order = np.argsort(nodes)
        return cls(nodes[order], clusters[order])

    def cluster_of(self, nodes: Ints) -> Ints:
        """Return the cluster of each node; a node alone is its own."""
        if not len(self.nodes):
            return nodes
        at = np.minimum(np.searchsorted(self.nodes, nodes), len(self.nodes) - 1)
        return np.where(self.nodes[at] == nodes, self.clusters[at], nodes)

    def of(self, clusters: Sequence[int]) -> dict[int, list[int]]:
        """Return the nodes of each cluster."""
        wanted = np.array(sorted(set(clusters)), dtype=np.int64)
        found: dict[int, list[int]] = {}
        chosen = np.flatnonzero(np.isin(self.clusters, wanted))
        pairs = zip(self.clusters[chosen].tolist(), self.nodes[chosen].tolist(), strict=True)
        for cluster, node in pairs:
            found.setdefault(cluster, []).append(node)
        return {cluster: found.get(cluster, [cluster]) for cluster in wanted.tolist()}
