"""A flow of lists of tables: the steps of a comparison in one process, without Spark."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa

from dedupe.partitions.flow import BUCKET, BothWork, Work


class FlowOfTables:
    """Data is a table; `each` sees it in pieces of `piece` rows, in another order each time."""

    def __init__(self, piece: int, seed: int = 0) -> None:
        self._piece, self._chance = piece, np.random.default_rng(seed)

    def each(self, data: pa.Table, work: Work, schema: pa.Schema) -> pa.Table:
        mixed = data.take(pa.array(self._chance.permutation(len(data))))
        parts = [
            work(mixed.slice(start, self._piece)) for start in range(0, len(mixed), self._piece)
        ]
        return _joined(parts, schema)

    def bucketed(self, data: pa.Table, work: Work, schema: pa.Schema) -> pa.Table:
        return _joined([work(part) for part in self._buckets(data).values()], schema)

    def both(self, left: pa.Table, right: pa.Table, work: BothWork, schema: pa.Schema) -> pa.Table:
        lefts, rights = self._buckets(left), self._buckets(right)
        every = sorted({*lefts, *rights})
        parts = [
            work(lefts.get(one, left.slice(0, 0)), rights.get(one, right.slice(0, 0)))
            for one in every
        ]
        return _joined(parts, schema)

    def _buckets(self, data: pa.Table) -> dict[int, pa.Table]:
        buckets = np.array(data.column(BUCKET).to_numpy())
        order = self._chance.permutation(len(data))
        return {
            one: data.take(pa.array(order[buckets[order] == one]))
            for one in np.unique(buckets).tolist()
        }

    def union(self, *data: pa.Table) -> pa.Table:
        return pa.concat_tables(data)

    def keep(self, data: pa.Table) -> pa.Table:
        return data

    def data(self, table: pa.Table) -> pa.Table:
        return table

    def collect(self, data: pa.Table) -> pa.Table:
        return data

    def shared(self, value: Any) -> Callable[[], Any]:
        return lambda: value


def _joined(parts: list[pa.Table], schema: pa.Schema) -> pa.Table:
    for part in parts:
        assert part.schema.equals(schema), (part.schema, schema)
    return pa.concat_tables(parts) if parts else schema.empty_table()
