"""A table that Spark reads: Parquet or CSV, of this machine or of any Hadoop file system.

The columns are recognised as those of a local file, by the first rows.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as spark_functions

from actions.match_file import ListFile
from intake.sample import SAMPLE
from leads.errors import NotAllowedError, NotFoundError, UsageError
from leads.sheets.rows import Cells

#: The number of a row, the same whenever the rows are read again.
ROW = "__row"
_CSV = (".csv", ".csv.gz", ".tsv")
_PARQUET = ".parquet"
#: Cells are written as they were read: Spark would drop white space and escape quotes by a slash.
_AS_IT_IS = {
    "header": "true",
    "escape": '"',
    "emptyValue": "",
    "nullValue": "",
    "ignoreLeadingWhiteSpace": "false",
    "ignoreTrailingWhiteSpace": "false",
}
#: A folder is deleted with what is in it.
_WITH_CONTENTS = True


@dataclass(frozen=True, slots=True)
class SparkTable:
    """A table of texts, kept as Parquet."""

    path: str
    rows: DataFrame
    #: The columns are `c0`, `c1` … in the data frame: any text may be a header.
    header: Cells
    count: int


@contextmanager
def work_folder(session: SparkSession, output: str) -> Iterator[str]:
    """Make a folder beside the output for what is computed once, and delete it at the end."""
    path = f"{output.rstrip('/')}.work"
    _delete(session, path)
    try:
        yield path
    finally:
        _delete(session, path)


def check_output(session: SparkSession, path: str, inputs: Sequence[str], *, force: bool) -> None:
    """Raise before the work starts if the output is an input, or exists and may not be replaced."""
    if path == "-" or not path.endswith((".csv", _PARQUET)):
        raise UsageError(
            f"{path}: Spark writes a folder of CSV or Parquet files",
            "use a name that ends in .csv or .parquet",
        )
    found = _file_system(session, path)
    if any(_qualified(session, one) == _qualified(session, path) for one in inputs):
        raise NotAllowedError(f"{path} is the input and would be replaced", "name another folder")
    if found.exists(_path(session, path)) and not force:
        raise NotAllowedError(f"{path} exists", "add --force to replace it, or name another folder")


def open_table(session: SparkSession, file: ListFile, folder: str) -> SparkTable:
    """Read a table, whose values all become texts."""
    if file.sheet:
        raise UsageError("Spark reads no workbooks", "save the sheet as CSV")
    read = _read(session, file)
    header = tuple(read.columns)
    named = read.toDF(*_columns(len(header)))
    none = spark_functions.lit("")
    texts = [
        spark_functions.coalesce(named[one].cast("string"), none).alias(one)
        for one in named.columns
    ]
    path = f"{folder}/rows"
    numbered = named.select(*texts, spark_functions.monotonically_increasing_id().alias(ROW))
    numbered.write.parquet(path)
    rows = session.read.parquet(path)
    return SparkTable(file.path, rows, header, rows.count())


@contextmanager
def first_rows(table: SparkTable) -> Iterator[str]:
    """Write the first rows as a file of this machine, by which columns are recognised."""
    first = table.rows.orderBy(ROW).limit(SAMPLE).toArrow()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample.csv"
        with path.open("w", newline="", encoding="utf-8") as out:
            writer = csv.writer(out)
            writer.writerow(table.header)
            writer.writerows(cells_of(first, len(table.header)))
        yield str(path)


def write_rows(rows: DataFrame, header: Sequence[str], path: str) -> None:
    """Write rows as a folder of CSV or Parquet files."""
    named = rows.toDF(*header)
    if path.endswith(_PARQUET):
        named.write.mode("overwrite").parquet(path)
    else:
        named.write.mode("overwrite").options(**_AS_IT_IS).csv(path)


def cells_of(table: pa.Table, width: int) -> list[Cells]:
    """Return the rows of a part as cells."""
    columns = [table.column(name).to_pylist() for name in _columns(width)]
    return list(zip(*columns, strict=True)) if columns else [()] * len(table)


def _columns(width: int) -> list[str]:
    return [f"c{at}" for at in range(width)]


def _read(session: SparkSession, file: ListFile) -> DataFrame:
    try:
        if not file.path.endswith(_CSV):
            return session.read.parquet(file.path)
        options = {
            "header": "true",
            "multiLine": "true",
            "escape": '"',
            "ignoreLeadingWhiteSpace": "false",
            "ignoreTrailingWhiteSpace": "false",
            "encoding": file.encoding or "UTF-8",
            "sep": "\t" if file.path.endswith(".tsv") else ",",
        }
        return session.read.options(**options).csv(file.path)
    except AnalysisException as error:
        if "PATH_NOT_FOUND" in str(error):
            raise NotFoundError(f"there is no file {file.path}", "check the path") from None
        raise UsageError(
            f"{file.path} is neither Parquet nor CSV for Spark", "convert it to one of them"
        ) from None


def _path(session: SparkSession, path: str) -> Any:
    return _java(session).org.apache.hadoop.fs.Path(path)


def _java(session: SparkSession) -> Any:
    return session.sparkContext._jvm


def _file_system(session: SparkSession, path: str) -> Any:
    settings = session.sparkContext._jsc.hadoopConfiguration()
    return _path(session, path).getFileSystem(settings)


def _qualified(session: SparkSession, path: str) -> str:
    return str(_file_system(session, path).makeQualified(_path(session, path)).toString())


def _delete(session: SparkSession, path: str) -> None:
    _file_system(session, path).delete(_path(session, path), _WITH_CONTENTS)
