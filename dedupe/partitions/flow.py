"""What runs the steps of a comparison: Spark, or the lists of tables of a test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import pyarrow as pa

#: Column that names the bucket of a row: rows of one bucket are seen together.
BUCKET = "bucket"

Work = Callable[[pa.Table], pa.Table]
BothWork = Callable[[pa.Table, pa.Table], pa.Table]


class Flow(Protocol):
    """Runs work on partitions of data. Work gets Arrow tables and returns one of its schema.

    Data is what the flow makes of it: a data frame of Spark. Work may run twice on the same rows,
    where a worker is lost, and must return the same.
    """

    def each(self, data: Any, work: Work, schema: pa.Schema) -> Any:
        """Run work on pieces of the data, of any size."""

    def bucketed(self, data: Any, work: Work, schema: pa.Schema) -> Any:
        """Run work on all rows of each bucket."""

    def both(self, left: Any, right: Any, work: BothWork, schema: pa.Schema) -> Any:
        """Run work on all rows of each bucket of two sets of data; one may be empty."""

    def union(self, *data: Any) -> Any:
        """Return the rows of data of one schema, repeated ones too."""

    def keep(self, data: Any) -> Any:
        """Compute the data once, for several uses."""

    def data(self, table: pa.Table) -> Any:
        """Return the rows of a small table as data."""

    def collect(self, data: Any) -> pa.Table:
        """Return all rows; for counts and statistics, never for the rows of a list."""

    def shared(self, value: Any) -> Callable[[], Any]:
        """Send a value to all workers once; work calls the result to get it."""
