"""What each row of a list is found: its company, how sure that is, and rows that may be the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from dedupe.partitions.clusters import Members
from dedupe.partitions.columns import ints, table_of, texts
from dedupe.partitions.engine import Compared
from dedupe.partitions.findings import FINDINGS, findings
from dedupe.partitions.flow import BUCKET, Flow
from dedupe.partitions.reviews import REVIEWS, Between, Listed, WithKeys, likeliest
from dedupe.record import in_natural_order

#: The result of each row; the score is empty for a row alone.
RESULTS = pa.schema(
    [
        ("key", pa.string()),
        ("cluster_id", pa.string()),
        ("score", pa.float64()),
        ("review_with", pa.string()),
    ]
)
#: A key of a node, for its cluster.
_KEYS = pa.schema(
    [(BUCKET, pa.int64()), ("cluster", pa.int64()), ("node", pa.int64()), ("key", pa.string())]
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


class Results(NamedTuple):
    """The result of each row, and how many pairs of clusters are for a person."""

    rows: Any
    #: The pairs for review, once for each side.
    reviews: Any


def results_of(flow: Flow, compared: Compared) -> Results:
    """Return the result of each row."""
    members = flow.shared(Members.of_table(flow.collect(compared.clusters)))
    best = flow.each(compared.edges, _Best(members), FINDINGS)
    keys = flow.each(compared.nodes, _Keys(members), _KEYS)
    named = flow.bucketed(keys, _named, FINDINGS)
    between = flow.bucketed(
        flow.each(compared.edges, Between(members), REVIEWS), likeliest, REVIEWS
    )
    reviews = flow.keep(flow.both(between, compared.nodes, WithKeys(members), REVIEWS))
    to_review = flow.bucketed(reviews, Listed(members), FINDINGS)
    told = flow.both(flow.union(best, named, to_review), compared.nodes, _of_nodes, _OF_NODES)
    return Results(flow.both(compared.contents, told, _of_rows, RESULTS), reviews)


class _Best:
    """Work that finds for both nodes of each edge inside a cluster how likely it is."""

    def __init__(self, members: Callable[[], Members]) -> None:
        self._members = members

    def __call__(self, edges: pa.Table) -> pa.Table:
        left, right = ints(edges, "left"), ints(edges, "right")
        members = self._members()
        inside = members.cluster_of(left) == members.cluster_of(right)
        odds = np.asarray(edges.column("odds").to_numpy())[inside]
        return findings(np.r_[left[inside], right[inside]], odds=np.r_[odds, odds])


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
    return findings(ints(keys, "node"), cluster_ids=[smallest[one] for one in clusters])


def _of_nodes(found: pa.Table, nodes: pa.Table) -> pa.Table:
    """Join what is found for the nodes of a bucket."""
    ids, keys, rows = ints(nodes, "id"), texts(nodes, "key"), ints(nodes, "rows")
    place = {node: at for at, node in enumerate(ids.tolist())}
    best = np.full(len(ids), -np.inf, dtype=np.float32)
    cluster_ids, reviews = list(keys), [None] * len(ids)
    columns = (texts(found, name) for name in ("node", "odds", "cluster_id", "review_with"))
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
    """Give each row of a bucket the result of its node."""
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
