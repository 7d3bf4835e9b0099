"""Write the rows that were rejected to a CSV that a spreadsheet opens safely and that can be
corrected and imported again.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from typing import TextIO

from intake.rows import BadRow

#: What is added to a list's own columns, and left out again when the corrected file is imported.
REJECT_COLUMNS = ("_row", "_line", "_reason")
#: What a spreadsheet would run, or glue to the cell before.
_FORMULA = re.compile(r"[=+\-@\t\r\x00＝＋－＠]")
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


def write_rejects(stream: TextIO, header: Sequence[str], rows: Iterable[BadRow]) -> int:
    """Write the rows' own columns and `_row`, `_line`, `_reason`; surplus cells come last. Returns
    how many rows there were.
    """
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*map(safe_cell, header), *REJECT_COLUMNS])
    written = 0
    for bad in rows:
        own = [*bad.cells[: len(header)], *[""] * (len(header) - len(bad.cells))]
        surplus = bad.cells[len(header) :]
        writer.writerow(
            [
                *map(safe_cell, own),
                bad.row,
                bad.line,
                safe_cell(bad.reason),
                *map(safe_cell, surplus),
            ]
        )
        written += 1
    return written


def safe_cell(text: str) -> str:
    """The text as a spreadsheet shows it and never runs it: a quote before what begins like a
    formula.
    """
    text = _UNWRITABLE.sub("\ufffd", text)
    return f"'{text}" if _FORMULA.match(text) else text
