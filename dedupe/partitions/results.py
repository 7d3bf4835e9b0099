"""What each row of a list is told: its company, how sure that is, and rows that may be the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from dedupe.arrays import Floats, Ints
from dedupe.outcome import REVIEWED
from dedupe.partitions.columns import bucket_of, in_natural_order, ints, table_of, texts
from dedupe.partitions.engine import Compared
from dedupe.partitions.flow import BUCKET, Flow

#: The result of each row; the score is empty for a row alone.
RESULTS = pa.schema(
    [
        ("key", pa.string()),
        ("cluster_id", pa.string()),
        ("score", pa.float64()),
        ("review_with", pa.string()),
    ]
)
#: One thing that is known of a node: its best match, its cluster's key, or rows to look at.
_TOLD = pa.schema(
    [
        (BUCKET, pa.int64()),
        ("node", pa.int64()),
        ("odds", pa.float32()),
        ("cluster_id", pa.string()),
        ("review_with", pa.string()),
    ]
)
#: A key of a node, for its cluster.
_KEYS = pa.schema(
    [(BUCKET, pa.int64()), ("cluster", pa.int64()), ("node", pa.int64()), ("key", pa.string())]
)
#: The likeliest pair of two clusters: `told` is a node of one, `other` of the other one.
_REVIEWS = pa.schema(
    [
        (BUCKET, pa.int64()),
        ("low", pa.int64()),
        ("high", pa.int64()),
        ("told", pa.int64()),
        ("other", pa.int64()),
        ("odds", pa.float32()),
        ("key", pa.string()),
    ]
)
_OF_NODES = pa.schema(
    [
        (BUCKET, pa.int64()),
        ("core", pa.string()),
        ("content", pa.int64()),
        ("cluster_id", pa.string()),
        ("score", pa.float64()),
        ("review_with", pa.string()),
    ]
)
_BUCKETS = 64
#: Rows that `review_with` names at most.
_REVIEWED = 10


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


class Told(NamedTuple):
    """The result of each row, and how many pairs of clusters are for a person."""

    rows: Any
    #: The pairs for review, once for each side.
    reviews: Any


def results_of(flow: Flow, compared: Compared) -> Told:
    """Return what each row is told."""
    members = flow.shared(Members.of_table(flow.collect(compared.clusters)))
    best = flow.each(compared.edges, _Best(members), _TOLD)
    keys = flow.each(compared.nodes, _Keys(members), _KEYS)
    named = flow.bucketed(keys, _named, _TOLD)
    between = flow.bucketed(
        flow.each(compared.edges, _Between(members), _REVIEWS), _likeliest, _REVIEWS
    )
    reviews = flow.keep(flow.both(between, compared.nodes, _WithKeys(members), _REVIEWS))
    to_review = flow.bucketed(reviews, _Listed(members), _TOLD)
    told = flow.both(flow.union(best, named, to_review), compared.nodes, _of_nodes, _OF_NODES)
    return Told(flow.both(compared.contents, told, _of_rows, RESULTS), reviews)


class _Best:
    """Work that tells both nodes of each edge inside a cluster how likely it is."""

    def __init__(self, members: Callable[[], Members]) -> None:
        self._members = members

    def __call__(self, edges: pa.Table) -> pa.Table:
        left, right = ints(edges, "left"), ints(edges, "right")
        members = self._members()
        inside = members.cluster_of(left) == members.cluster_of(right)
        odds = np.asarray(edges.column("odds").to_numpy())[inside]
        return _told(np.r_[left[inside], right[inside]], odds=np.r_[odds, odds])


def _told(
    nodes: Ints,
    odds: Floats | None = None,
    cluster_ids: Sequence[str] | None = None,
    reviews: Sequence[str] | None = None,
) -> pa.Table:
    none = [None] * len(nodes)
    return table_of(
        _TOLD,
        bucket=bucket_of(nodes),
        node=nodes,
        odds=none if odds is None else odds,
        cluster_id=none if cluster_ids is None else cluster_ids,
        review_with=none if reviews is None else reviews,
    )


class _Keys:
    """Work that lists the keys of the nodes of clusters with several nodes."""

    def __init__(self, members: Callable[[], Members]) -> None:
        self._members = members

    def __call__(self, nodes: pa.Table) -> pa.Table:
        members, ids = self._members(), ints(nodes, "id")
        chosen = np.flatnonzero(np.isin(ids, members.nodes))
        clusters, keys = members.cluster_of(ids[chosen]), texts(nodes, "key")
        return table_of(
            _KEYS,
            bucket=clusters % _BUCKETS,
            cluster=clusters,
            node=ids[chosen],
            key=[keys[at] for at in chosen.tolist()],
        )


def _named(keys: pa.Table) -> pa.Table:
    """Name each cluster by the smallest of its keys."""
    smallest: dict[int, str] = {}
    clusters, every = ints(keys, "cluster").tolist(), texts(keys, "key")
    for cluster, key in zip(clusters, every, strict=True):
        smallest[cluster] = min(smallest.get(cluster, key), key, key=in_natural_order)
    return _told(ints(keys, "node"), cluster_ids=[smallest[one] for one in clusters])


class _Between:
    """Work that keeps the edges between clusters that a person may call one company."""

    def __init__(self, members: Callable[[], Members]) -> None:
        self._members = members

    def __call__(self, edges: pa.Table) -> pa.Table:
        left, right = ints(edges, "left"), ints(edges, "right")
        odds = np.asarray(edges.column("odds").to_numpy())
        members = self._members()
        mine, theirs = members.cluster_of(left), members.cluster_of(right)
        chosen = np.flatnonzero((odds > -REVIEWED) & (mine != theirs))
        mine, theirs = mine[chosen], theirs[chosen]
        low, high = np.minimum(mine, theirs), np.maximum(mine, theirs)
        return _reviews(low % _BUCKETS, low, high, left[chosen], right[chosen], odds[chosen])


def _reviews(
    buckets: Ints,
    low: Ints,
    high: Ints,
    told: Ints,
    others: Ints,
    odds: Floats,
    keys: Sequence[str] | None = None,
) -> pa.Table:
    return table_of(
        _REVIEWS,
        bucket=buckets,
        low=low,
        high=high,
        told=told,
        other=others,
        odds=odds,
        key=[None] * len(told) if keys is None else keys,
    )


def _likeliest(between: pa.Table) -> pa.Table:
    """Keep the likeliest edge of each two clusters, once for each of them."""
    low, high = ints(between, "low"), ints(between, "high")
    left, right = ints(between, "told"), ints(between, "other")
    odds = np.asarray(between.column("odds").to_numpy())
    order = np.lexsort((right, left, -odds, high, low))
    new = np.ones(len(order), dtype=bool)
    new[1:] = (low[order][1:] != low[order][:-1]) | (high[order][1:] != high[order][:-1])
    best = order[new]
    both = np.r_[best, best]
    told, others = np.r_[left[best], right[best]], np.r_[right[best], left[best]]
    return _reviews(bucket_of(others), low[both], high[both], told, others, odds[both])


class _WithKeys:
    """Work that looks up the key of the node that a cluster is told of."""

    def __init__(self, members: Callable[[], Members]) -> None:
        self._members = members

    def __call__(self, reviews: pa.Table, nodes: pa.Table) -> pa.Table:
        keys = dict(zip(ints(nodes, "id").tolist(), texts(nodes, "key"), strict=True))
        told, others = ints(reviews, "told"), ints(reviews, "other")
        return _reviews(
            self._members().cluster_of(told) % _BUCKETS,
            ints(reviews, "low"),
            ints(reviews, "high"),
            told,
            others,
            np.asarray(reviews.column("odds").to_numpy()),
            [keys[other] for other in others.tolist()],
        )


class _Listed:
    """Work that lists for all nodes of a cluster the rows to look at, the likeliest first."""

    def __init__(self, members: Callable[[], Members]) -> None:
        self._members = members

    def __call__(self, reviews: pa.Table) -> pa.Table:
        members = self._members()
        clusters, odds = members.cluster_of(ints(reviews, "told")), texts(reviews, "odds")
        low, high, keys = ints(reviews, "low"), ints(reviews, "high"), texts(reviews, "key")
        of_cluster: dict[int, list[tuple[float, int, int, str]]] = {}
        for at, cluster in enumerate(clusters.tolist()):
            one = (-odds[at], int(low[at]), int(high[at]), keys[at])
            of_cluster.setdefault(cluster, []).append(one)
        listed = {
            cluster: "; ".join(one[-1] for one in sorted(some)[:_REVIEWED])
            for cluster, some in of_cluster.items()
        }
        nodes = members.of(list(listed))
        pairs = [(node, listed[cluster]) for cluster, some in nodes.items() for node in some]
        every = np.array([node for node, _ in pairs], dtype=np.int64)
        return _told(every, reviews=[text for _, text in pairs])


def _of_nodes(told: pa.Table, nodes: pa.Table) -> pa.Table:
    """Join what is told of the nodes of a bucket."""
    ids, keys, rows = ints(nodes, "id"), texts(nodes, "key"), ints(nodes, "rows")
    place = {node: at for at, node in enumerate(ids.tolist())}
    best = np.full(len(ids), -np.inf, dtype=np.float32)
    cluster_ids, reviews = list(keys), [None] * len(ids)
    columns = (texts(told, name) for name in ("node", "odds", "cluster_id", "review_with"))
    for node, odds, cluster_id, review in zip(*columns, strict=True):
        at = place[node]
        if odds is not None:
            best[at] = max(best[at], odds)
        cluster_ids[at] = cluster_id or cluster_ids[at]
        reviews[at] = review or reviews[at]
    sure = 1 / (1 + np.exp(-best))
    scores = [
        1.0 if several > 1 else round(float(score), 4) if odds > -np.inf else None
        for several, score, odds in zip(rows.tolist(), sure, best.tolist(), strict=True)
    ]
    return table_of(
        _OF_NODES,
        bucket=ints(nodes, BUCKET),
        core=texts(nodes, "core"),
        content=ints(nodes, "content"),
        cluster_id=cluster_ids,
        score=scores,
        review_with=reviews,
    )


def _of_rows(contents: pa.Table, of_nodes: pa.Table) -> pa.Table:
    """Tell each row of a bucket what its node is told."""
    names = ("cluster_id", "score", "review_with")
    columns = (texts(of_nodes, name) for name in ("core", "content", *names))
    known: Mapping[tuple[str, int], tuple[Any, ...]] = {
        (core, content): tuple(told) for core, content, *told in zip(*columns, strict=True)
    }
    stated = zip(texts(contents, "core"), texts(contents, "content"), strict=True)
    told = [known[pair] for pair in stated]
    return table_of(
        RESULTS,
        key=texts(contents, "key"),
        **{name: [row[at] for row in told] for at, name in enumerate(names)},
    )
