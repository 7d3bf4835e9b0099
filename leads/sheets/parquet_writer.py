"""Write rows as Parquet, in groups of rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

from leads.errors import ServiceDownError
from leads.sheets.row_writer import Cell, writable

#: Rows held as Python values, which take ten times the room of a column.
_BATCH = 1_000
#: Rows of a group: readers skip and load whole groups.
_GROUP = 20_000


class ParquetWriter:
    """Writes rows of typed columns; `end` completes the file.

    ServiceDownError when the package that writes Parquet is not installed.
    """

    def __init__(self, stream: IO[bytes], columns: Sequence[str], numbers: Sequence[bool]) -> None:
        """Write nothing yet; `numbers` says which columns hold whole numbers."""
        self._arrow, parquet = _arrow()
        kinds = [self._arrow.int64() if one else self._arrow.string() for one in numbers]
        self._schema = self._arrow.schema(list(zip(columns, kinds, strict=True)))
        self._writer = parquet.ParquetWriter(stream, self._schema)
        self._numbers = numbers
        self._rows: list[tuple[Cell, ...]] = []
        self._batches: list[Any] = []

    def row(self, cells: Sequence[Cell]) -> None:
        """Add one row."""
        typed = [
            cell if number or cell is None else writable(str(cell))
            for cell, number in zip(cells, self._numbers, strict=True)
        ]
        self._rows.append(tuple(typed))
        if len(self._rows) >= _BATCH:
            self._pack()
        if len(self._batches) * _BATCH >= _GROUP:
            self._write()

    def end(self) -> None:
        """Write the last rows and complete the file."""
        if self._rows:
            self._pack()
        if self._batches:
            self._write()
        self._writer.close()

    def _pack(self) -> None:
        columns = list(zip(*self._rows, strict=True))
        arrays = [
            self._arrow.array(values, type=field.type)
            for values, field in zip(columns, self._schema, strict=True)
        ]
        self._batches.append(self._arrow.RecordBatch.from_arrays(arrays, schema=self._schema))
        self._rows.clear()

    def _write(self) -> None:
        self._writer.write_table(self._arrow.Table.from_batches(self._batches, schema=self._schema))
        self._batches.clear()


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow.parquet
    except ImportError:
        raise ServiceDownError(
            "Parquet files need the package pyarrow, which is not installed",
            "install it with `pip install 'sluice[parquet]'`, or write .csv, .xlsx or .jsonl",
        ) from None
    return pyarrow, pyarrow.parquet
