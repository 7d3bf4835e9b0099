"""Find out why a row is rejected: it has no name, or is no company."""

from __future__ import annotations

from intake.cells import cleaned
from intake.mapping import Column
from intake.not_companies import is_number, why_no_company
from leads.sheets.rows import Cells

LONGEST_NAME = 500
#: A total has few other cells.
_FEW_CELLS = 12


class RowFlaws:
    """Finds the rows of a list that are rejected; `column` has the names."""

    def __init__(self, column: Column) -> None:
        self._column = column
        #: Where the last row had the cell that told that it is no total: the next has one there too.
        self._telling = column.place

    def of(self, cells: Cells) -> str | None:
        """Return why a row is rejected; None when it names a company."""
        header, place = self._column.header, self._column.place
        name = cleaned(cells[place])
        if len(name) > LONGEST_NAME:
            return f"{header!r} has {len(name):,} characters; a name has at most {LONGEST_NAME}"
        if name.startswith(("=", "＝")):
            return f"{header!r} begins with '=': a formula, not a name"
        if not name[:1].isalnum() and not any(char.isalnum() for char in name):
            return f"no name in {header!r}"

        telling = self._telling
        if telling != place and (text := cleaned(cells[telling])) and not is_number(text):
            return None
        others = []
        for at, cell in enumerate(cells):
            if cell and at != place and (text := cleaned(cell)):
                others.append(text)
                # Of most rows, the first other cell tells that they are no total.
                if len(others) > _FEW_CELLS or not is_number(text):
                    self._telling = at
                    return None
        return why_no_company(name, others)
