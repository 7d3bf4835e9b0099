"""Write rows as XLSX, in constant memory; every text stays text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO

from xlsxwriter import Workbook

from leads.sheets.row_writer import Cell, writable

#: The most rows of a sheet, with its header.
MAX_ROWS = 1_048_576
#: The most characters of a cell.
MAX_CELL = 32_767


class WorkbookWriter:
    """Writes the header and then one row at a time; `end` completes the workbook."""

    def __init__(self, stream: IO[bytes], columns: Sequence[str]) -> None:
        """Write the header."""
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = Workbook(stream, options)
        self._sheet = self._book.add_worksheet("Export")
        self._sheet.freeze_panes(1, 0)
        self._row = 0
        self.row(columns)

    def row(self, cells: Sequence[Cell]) -> None:
        """Write one row; a text is cut to 32,767 characters."""
        for place, cell in enumerate(cells):
            if isinstance(cell, str):
                self._sheet.write_string(self._row, place, writable(cell)[:MAX_CELL])
            elif cell is not None:
                self._sheet.write_number(self._row, place, cell)
        self._row += 1

    def end(self) -> None:
        """Complete the workbook."""
        self._book.close()
