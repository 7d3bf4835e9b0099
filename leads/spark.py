"""A Spark session, and a flow of Arrow tables on it. PySpark is optional: `sluice[spark]`."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from leads.errors import UsageError

Work = Callable[[pa.Table], pa.Table]
BothWork = Callable[[pa.Table, pa.Table], pa.Table]

_BUCKET = "bucket"
#: Rows that work of `each` sees at once; bounds the memory of a worker.
_PIECE = 100_000
_SETTINGS = {
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(_PIECE),
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.driver.maxResultSize": "4g",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.adaptive.enabled": "true",
}


@contextmanager
def spark_session(master: str | None) -> Iterator[SparkSession]:
    """Open a session; `master` is as Spark names it, by default that of Spark's settings."""
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise UsageError(
            "Spark needs Java, and there is none", "install a JDK 17 and set JAVA_HOME"
        )
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("sluice")
    if master:
        builder = builder.master(master)
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    try:
        with warnings.catch_warnings():
            # It is about data frames of pandas. What runs here are tables of Arrow.
            about = "PySpark does not yet fully support pandas"
            warnings.filterwarnings("ignore", about, FutureWarning)
            yield session
    finally:
        session.stop()


class SparkFlow:
    """Runs work on data frames; what is computed once is kept as Parquet in a folder."""

    def __init__(self, session: SparkSession, folder: str) -> None:
        self._session, self._folder, self._numbers = session, folder, count(1)

    def each(self, data: DataFrame, work: Work, schema: pa.Schema) -> DataFrame:
        """Run work on pieces of the data."""
        return data.mapInArrow(*self.work(work, schema))

    def work(self, work: Work, schema: pa.Schema) -> tuple[Any, Any]:
        """Return what `mapInArrow` runs for work, and its schema."""
        return _Each(work, schema), from_arrow_schema(schema)

    def bucketed(self, data: DataFrame, work: Work, schema: pa.Schema) -> DataFrame:
        """Run work on all rows of each bucket."""
        groups = data.groupBy(_BUCKET)
        return groups.applyInArrow(_whole(work, schema), from_arrow_schema(schema))

    def both(
        self, left: DataFrame, right: DataFrame, work: BothWork, schema: pa.Schema
    ) -> DataFrame:
        """Run work on all rows of each bucket of two data frames."""
        groups = left.groupBy(_BUCKET).cogroup(right.groupBy(_BUCKET))
        return groups.applyInArrow(_both(work, schema), from_arrow_schema(schema))

    def union(self, *data: DataFrame) -> DataFrame:
        """Return the rows of data frames of one schema."""
        first, *others = data
        for other in others:
            first = first.unionByName(other)
        return first

    def keep(self, data: DataFrame) -> DataFrame:
        """Write the data, so that a lost worker loses nothing of it, and read it back."""
        path = f"{self._folder}/{next(self._numbers):02d}"
        data.write.parquet(path)
        return self._session.read.parquet(path)

    def data(self, table: pa.Table) -> DataFrame:
        """Return a small table as a data frame."""
        return self._session.createDataFrame(table, from_arrow_schema(table.schema))

    def collect(self, data: DataFrame) -> pa.Table:
        """Return all rows of a small data frame."""
        return _plain(data.toArrow())

    def shared(self, value: Any) -> Callable[[], Any]:
        """Broadcast a value."""
        return _Shared(self._session.sparkContext.broadcast(value))


class _Shared:
    def __init__(self, broadcast: Any) -> None:
        self._broadcast = broadcast

    def __call__(self) -> Any:
        return self._broadcast.value


class _Each:
    def __init__(self, work: Work, schema: pa.Schema) -> None:
        self._work, self._schema = work, schema

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            table = _plain(pa.Table.from_batches([batch]))
            if len(table):
                yield from self._work(table).cast(self._schema).to_batches()


def _whole(work: Work, schema: pa.Schema) -> Work:
    def run(table: pa.Table) -> pa.Table:
        return work(_plain(table)).cast(schema)

    return run


def _both(work: BothWork, schema: pa.Schema) -> BothWork:
    def run(left: pa.Table, right: pa.Table) -> pa.Table:
        return work(_plain(left), _plain(right)).cast(schema)

    return run


def _plain(table: pa.Table) -> pa.Table:
    """Return a table with the usual names inside its lists, for which Spark has its own."""
    fields = [
        pa.field(one.name, pa.list_(one.type.value_type)) if pa.types.is_list(one.type) else one
        for one in (field.remove_metadata() for field in table.schema)
    ]
    plain = [pa.field(one.name, one.type) for one in fields]
    return table.cast(pa.schema(plain)) if plain != list(table.schema) else table
