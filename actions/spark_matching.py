"""Find duplicates inside a table that is too large for one process, on Spark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pyarrow as pa
from pyspark.sql import DataFrame

from actions.added_columns import added_columns
from actions.match_file import BLANK, MatchFile, open_match_file
from actions.match_rows import RecordReader
from actions.matching import CLUSTERED, Clustered, ClusterRequest, Progress, learned_for
from actions.spark_table import (
    ROW,
    SparkTable,
    cells_of,
    check_output,
    first_rows,
    open_table,
    work_folder,
    write_rows,
)
from dedupe.engine import kind_of
from dedupe.outcome import strictness_of
from dedupe.partitions.columns import RECORDS, columns_of, table_of
from dedupe.partitions.comparing import HowSure
from dedupe.partitions.engine import Compared, compare
from dedupe.partitions.results import Results, results_of
from dedupe.record import MatchRecord
from intake.mapping import ColumnMapping
from intake.row_flaws import RowFlaws
from leads.errors import UsageError
from leads.spark import SparkFlow, spark_session

#: Rows of one bucket: what a worker holds at a time.
_ROWS_A_BUCKET = 50_000
#: At most so many partitions of a shuffle, and at least so many.
_MOST, _LEAST = 400, 8
#: A row as it is read: its number, why it is not compared, and its record.
_READ = pa.schema([(ROW, pa.int64()), ("flaw", pa.string()), *RECORDS])


def cluster_on_spark(request: ClusterRequest, master: str | None, progress: Progress) -> Clustered:
    """Write every row of a table with its cluster and the rows to compare by eye."""
    kind, strictness = kind_of(request.company_is), strictness_of(request.strictness)
    how = HowSure(kind, strictness, learned_for(request.model, request.company_is))
    with spark_session(master) as session:
        check_output(session, request.output, [request.file.path], force=request.force)
        with work_folder(session, request.output) as folder:
            progress("reading rows", 0, 0)
            table = open_table(session, request.file, folder)
            sample = _sample(table, request)
            flow = SparkFlow(session, folder)
            read = flow.keep(flow.each(table.rows, _Read(table, sample), _READ))
            _check_ids(read, table, sample)

            records = read.filter("flaw is null").drop(ROW, "flaw")
            buckets = max(table.count // _ROWS_A_BUCKET, 1)
            session.conf.set("spark.sql.shuffle.partitions", str(min(max(buckets, _LEAST), _MOST)))
            compared = compare(flow, records, how, buckets, lambda stage: progress(stage, 0, 0))
            results = results_of(flow, compared)
            progress("writing", 0, 0)
            columns = added_columns(CLUSTERED, table.header)
            _write(request.output, table, columns, read, results)
            return _summary(sample, table, columns, read, compared, results)


def _sample(table: SparkTable, request: ClusterRequest) -> MatchFile:
    """Recognise the columns by the first rows."""
    with first_rows(table) as path:
        local = replace(request.file, path=path, encoding=None)
        sample = open_match_file(local, request.id_column)
    if sample.id_place is None:
        raise UsageError("a table of Spark needs a column of row ids", "name the column with --id")
    return sample


class _Read:
    """Work that reads the rows of a part as records."""

    def __init__(self, table: SparkTable, sample: MatchFile) -> None:
        self._mapping: ColumnMapping = sample.reading.mapping
        self._number = sample.number
        self._width = len(table.header)
        assert sample.id_place is not None
        self._id_place = sample.id_place

    def __call__(self, part: pa.Table) -> pa.Table:
        rows: list[tuple[str | None, MatchRecord]] = []
        reader = RecordReader(self._mapping, self._number)
        flaws = RowFlaws(self._mapping)
        for cells in cells_of(part, self._width):
            is_blank = not any(cell and not cell.isspace() for cell in cells)
            flaw = BLANK if is_blank else flaws.of(cells)
            key = cells[self._id_place].strip()
            record = MatchRecord(key, "") if flaw else reader.record_of(key, cells)
            rows.append((flaw, record))
        columns = columns_of([record for _, record in rows])
        found = [flaw for flaw, _ in rows]
        return table_of(_READ, **{ROW: part.column(ROW)}, flaw=found, **columns)


def _check_ids(read: DataFrame, table: SparkTable, sample: MatchFile) -> None:
    """Raise `UsageError` if an id is missing or on several rows."""
    counted = read.filter("flaw is null").groupBy("key").count()
    wrong = counted.filter("key = '' or count > 1").orderBy("key").limit(1).collect()
    if not wrong:
        return
    header, key = table.header[sample.id_place or 0], wrong[0]["key"]
    flaw = f"has {key[:60]!r} on {wrong[0]['count']:,} rows" if key else "is empty in a row"
    raise UsageError(
        f"each row needs its own id: {header!r} {flaw}",
        "name a column whose values differ on every row with --id",
    )


def _write(
    output: str, table: SparkTable, columns: Mapping[str, str], read: DataFrame, results: Results
) -> None:
    """Write every row with its result; a rejected row has the reason."""
    flaws = read.select(ROW, "key", "flaw")
    known = results.rows.withColumnsRenamed({"key": "result_key"})
    same = (flaws["key"] == known["result_key"]) & flaws["flaw"].isNull()
    joined = flaws.join(known, same, "left").drop("key", "result_key")
    cells = [f"c{at}" for at in range(len(table.header))]
    rows = table.rows.join(joined, ROW).select(*cells, "cluster_id", "score", "flaw", "review_with")
    write_rows(rows, (*table.header, *columns.values()), output)


def _summary(
    sample: MatchFile,
    table: SparkTable,
    columns: Mapping[str, str],
    read: DataFrame,
    compared: Compared,
    results: Results,
) -> Clustered:
    flaws = {row["flaw"]: row["count"] for row in read.groupBy("flaw").count().collect()}
    compared_rows = flaws.pop(None, 0)
    blank = flaws.pop(BLANK, 0)
    alone = compared.nodes.count() - compared.clusters.count()
    clusters = alone + compared.clusters.select("cluster").distinct().count()
    return Clustered(
        clusters=clusters,
        duplicates=compared_rows - clusters,
        review_pairs=results.reviews.count() // 2,
        warnings=tuple(sample.warnings),
        columns=columns,
        file=replace(
            sample.summary(),
            name=table.path,
            rows=table.count,
            rejected=sum(flaws.values()),
            blank=blank,
        ),
    )
