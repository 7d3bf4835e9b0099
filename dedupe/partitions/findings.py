"""What is found for a node, one thing a row: its best match, its cluster, rows to look at."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from dedupe.arrays import Floats, Ints
from dedupe.partitions.columns import bucket_of, table_of
from dedupe.partitions.flow import BUCKET

#: One thing that is known of a node: its best match, its cluster's key, or rows to look at.
FINDINGS = pa.schema(
    [
        (BUCKET, pa.int64()),
        ("node", pa.int64()),
        ("odds", pa.float32()),
        ("cluster_id", pa.string()),
        ("review_with", pa.string()),
    ]
)


def findings(
    nodes: Ints,
    odds: Floats | None = None,
    cluster_ids: Sequence[str] | None = None,
    reviews: Sequence[str] | None = None,
) -> pa.Table:
    """Return what is found for nodes: one of the three, in the buckets of the nodes."""
    none = [None] * len(nodes)
    return table_of(
        FINDINGS,
        bucket=bucket_of(nodes),
        node=nodes,
        odds=none if odds is None else odds,
        cluster_id=none if cluster_ids is None else cluster_ids,
        review_with=none if reviews is None else reviews,
    )
