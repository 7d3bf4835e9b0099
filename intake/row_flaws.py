"""Find out why a row is rejected: it has no name, or is no company."""

from __future__ import annotations

from collections.abc import Sequence

from intake.cells import cleaned
from intake.mapping import Column
from intake.not_companies import is_number, why_no_company
from intake.rejects import REJECT_COLUMNS
from leads.sheets.csv_records import UNCLOSED
from leads.sheets.rows import Cells

LONGEST_NAME = 500
#: A total has few other cells.
_FEW_CELLS = 12
_SEPARATORS = ",;\t|"


class RowFlaws:
    """Finds the rows of a list that are rejected; `column` has the names."""

    def __init__(self, column: Column) -> None:
        self._column = column
        #: Where the last row had the cell that told that it is no total: the next has one there too.
        self._telling = column.place

    def of(self, cells: Cells) -> str | None:
        """Return why a row is rejected; None when it names a company."""
        name = cleaned(cells[self._column.place])
        flaw = _flaw_of_name(name, self._column.header)
        if flaw or self._tells(cells, self._telling):
            return flaw
        others = []
        for place, cell in enumerate(cells):
            if cell and place != self._column.place and (text := cleaned(cell)):
                others.append(text)
                # Of most rows, the first other cell tells that they are no total.
                if len(others) > _FEW_CELLS or not is_number(text):
                    self._telling = place
                    return None
        return why_no_company(name, others)

    def _tells(self, cells: Cells, place: int) -> bool:
        """Check for a text beside the name, which a total does not have."""
        text = cleaned(cells[place]) if place != self._column.place else ""
        return bool(text) and not is_number(text)


def _flaw_of_name(name: str, header: str) -> str | None:
    if len(name) > LONGEST_NAME:
        return f"{header!r} has {len(name):,} characters; a name has at most {LONGEST_NAME}"
    if name.startswith(("=", "＝")):
        return f"{header!r} begins with '=': a formula, not a name"
    if not name[:1].isalnum() and not any(char.isalnum() for char in name):
        return f"no name in {header!r}"
    return None


def uncorrected(cells: Cells, header: Sequence[str]) -> str | None:
    """Why a row of a reject file is rejected again: its open quote still holds the rest of the line.

    The cells after the quote are empty, and it holds a separator for each of them.
    """
    if not cells[-1].startswith(UNCLOSED):
        return None

    own = len(header) - len(REJECT_COLUMNS)
    filled = [place for place in range(own) if cells[place].strip()]
    if not filled:
        return None

    last = filled[-1]
    after = own - 1 - last
    if not after or max(map(cells[last].count, _SEPARATORS)) < after:
        return None
    return (
        f"{header[last]!r} still holds the values of {after} further"
        f" column{'s' if after > 1 else ''}: put each into its own, or empty `_reason`"
    )
