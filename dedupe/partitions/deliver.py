"""Bring what pairs are about to the bucket of their smaller side."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from dedupe.arrays import first_of_each
from dedupe.partitions.columns import bucket_of, ints, table_of
from dedupe.partitions.flow import BUCKET, Flow

_WANTED = pa.schema([(BUCKET, pa.int64()), ("id", pa.int64()), ("to", pa.int64())])


def delivered(flow: Flow, pairs: Any, things: Any, schema: pa.Schema) -> Any:
    """Return things, in buckets by id, and copies in the buckets of pairs that they are part of."""
    wanted = flow.each(pairs, _wanted, _WANTED)
    return flow.union(things, flow.both(wanted, things, _copied, schema))


def _wanted(pairs: pa.Table) -> pa.Table:
    """Return the right sides that are in another bucket than the left ones, once each."""
    to, ids = bucket_of(ints(pairs, "left")), ints(pairs, "right")
    order = np.lexsort((ids, to))
    to, ids = to[order], ids[order]
    new = first_of_each(to, ids)
    new &= to != bucket_of(ids)
    return table_of(_WANTED, bucket=bucket_of(ids[new]), id=ids[new], to=to[new])


def _copied(wanted: pa.Table, things: pa.Table) -> pa.Table:
    """Return the wanted things, in the buckets that they go to."""
    every = ints(things, "id")
    order = np.argsort(every)
    both = np.unique(np.stack([ints(wanted, "id"), ints(wanted, "to")]), axis=1)
    at = order[np.searchsorted(every[order], both[0])] if len(every) else both[0]
    found = things.take(pa.array(at))
    place = found.schema.get_field_index(BUCKET)
    return found.set_column(place, BUCKET, pa.array(both[1]))


def in_order(things: pa.Table) -> pa.Table:
    """Return things each once, in the order of their ids."""
    _, first = np.unique(ints(things, "id"), return_index=True)
    return things.take(pa.array(first))
