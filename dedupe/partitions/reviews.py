"""The pairs of clusters that a person may call one company, and what each of their rows lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa

from dedupe.arrays import Floats, Ints, first_of_each
from dedupe.outcome import REVIEWED
from dedupe.partitions.clusters import Members
from dedupe.partitions.columns import bucket_of, ints, table_of, texts
from dedupe.partitions.findings import findings
from dedupe.partitions.flow import BUCKET

#: The likeliest pair of two clusters: `mine` is a node of one, `other` of the other one.
REVIEWS = pa.schema(
    [
        (BUCKET, pa.int64()),
        ("low", pa.int64()),
        ("high", pa.int64()),
        ("mine", pa.int64()),
        ("other", pa.int64()),
        ("odds", pa.float32()),
        ("key", pa.string()),
    ]
)
_BUCKETS = 64
#: Rows that `review_with` names at most.
_REVIEWED = 10


class Between:
    """Work that keeps the edges between clusters that a person may call one company."""

    def __init__(self, members: Callable[[], Members]) -> None:
        self._members = members

    def __call__(self, edges: pa.Table) -> pa.Table:
        """Return the pairs in buckets of their clusters."""
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
    mine: Ints,
    others: Ints,
    odds: Floats,
    keys: Sequence[str] | None = None,
) -> pa.Table:
    return table_of(
        REVIEWS,
        bucket=buckets,
        low=low,
        high=high,
        mine=mine,
        other=others,
        odds=odds,
        key=[None] * len(mine) if keys is None else keys,
    )


def likeliest(between: pa.Table) -> pa.Table:
    """Keep the likeliest edge of each two clusters, once for each of them."""
    low, high = ints(between, "low"), ints(between, "high")
    left, right = ints(between, "mine"), ints(between, "other")
    odds = np.asarray(between.column("odds").to_numpy())
    order = np.lexsort((right, left, -odds, high, low))
    best = order[first_of_each(low[order], high[order])]
    both = np.r_[best, best]
    mine, others = np.r_[left[best], right[best]], np.r_[right[best], left[best]]
    return _reviews(bucket_of(others), low[both], high[both], mine, others, odds[both])


class WithKeys:
    """Work that looks up the key of the node on the other side."""

    def __init__(self, members: Callable[[], Members]) -> None:
        self._members = members

    def __call__(self, reviews: pa.Table, nodes: pa.Table) -> pa.Table:
        """Return the pairs in buckets of the clusters that list them."""
        keys = dict(zip(ints(nodes, "id").tolist(), texts(nodes, "key"), strict=True))
        mine, others = ints(reviews, "mine"), ints(reviews, "other")
        return _reviews(
            self._members().cluster_of(mine) % _BUCKETS,
            ints(reviews, "low"),
            ints(reviews, "high"),
            mine,
            others,
            np.asarray(reviews.column("odds").to_numpy()),
            [keys[other] for other in others.tolist()],
        )


class Listed:
    """Work that lists for all nodes of a cluster the rows to look at, the likeliest first."""

    def __init__(self, members: Callable[[], Members]) -> None:
        self._members = members

    def __call__(self, reviews: pa.Table) -> pa.Table:
        """Return the rows to look at of each node."""
        members = self._members()
        clusters, odds = members.cluster_of(ints(reviews, "mine")), texts(reviews, "odds")
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
        return findings(every, reviews=[text for _, text in pairs])
