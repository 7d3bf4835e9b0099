"""Write the rejected rows to a CSV that can be corrected and imported again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO

from leads.sheets.row_writer import RowWriter, WriterOptions
from leads.sheets.rows import BadRow

#: Added after the list's own columns, and ignored when the corrected file is imported.
REJECT_COLUMNS = ("_row", "_line", "_reason")


def write_rejects(stream: IO[str], header: Sequence[str], rows: Iterable[BadRow]) -> int:
    """Write the rows' own columns, `_row`, `_line` and `_reason`, then surplus cells; the number of
    rows written.
    """
    options = WriterOptions(columns=(*header, *REJECT_COLUMNS), guard_formulas=True)
    writer = RowWriter(stream, options)
    written = 0
    for bad in rows:
        own = [*bad.cells[: len(header)], *[""] * (len(header) - len(bad.cells))]
        surplus = bad.cells[len(header) :]
        writer.row([*own, bad.row, bad.line, bad.reason, *surplus])
        written += 1
    return written
