"""Find out why a row is rejected: it has no name, is no company, or was not corrected."""

from __future__ import annotations

from intake.cells import cleaned
from intake.mapping import ColumnMapping
from intake.not_companies import may_be_amount, why_no_company
from intake.rejects import REJECT_COLUMNS
from leads.sheets.csv_records import UNCLOSED
from leads.sheets.rows import Cells

LONGEST_NAME = 500
#: A total has few other cells.
_FEW_CELLS = 12
_SEPARATORS = ",;\t|"


class RowFlaws:
    """Finds the rows of a list that are rejected."""

    def __init__(self, mapping: ColumnMapping) -> None:
        column = mapping.of("name")[0]
        self._place, self._header = column.place, mapping.header
        self._of_rejects = tuple(self._header[-len(REJECT_COLUMNS) :]) == REJECT_COLUMNS
        # Why a row was rejected says nothing of its company.
        self._own = len(self._header) - (len(REJECT_COLUMNS) if self._of_rejects else 0)
        #: Where the last row had the cell that told that it is no total: the next has one there too.
        self._telling = column.place

    def of(self, cells: Cells) -> str | None:
        """Return why a row is rejected; None when it names a company."""
        name = cleaned(cells[self._place])
        flaw = _flaw_of_name(name, self._header[self._place])
        if not flaw and not self._tells(cells, self._telling):
            flaw = self._flaw_of_row(name, cells)
        if flaw or not self._of_rejects:
            return flaw
        return _uncorrected(cells, self._header[: self._own])

    def _tells(self, cells: Cells, place: int) -> bool:
        """Check for a text beside the name, which a total does not have."""
        text = cleaned(cells[place]) if place != self._place else ""
        return bool(text) and not may_be_amount(text)

    def _flaw_of_row(self, name: str, cells: Cells) -> str | None:
        others = []
        for place, cell in enumerate(cells[: self._own]):
            if cell and place != self._place and (text := cleaned(cell)):
                others.append(text)
                # Of most rows, the first other cell tells that they are no total.
                if len(others) > _FEW_CELLS or not may_be_amount(text):
                    self._telling = place
                    return None
        return why_no_company(name, others)


def _flaw_of_name(name: str, header: str) -> str | None:
    if len(name) > LONGEST_NAME:
        return f"{header!r} has {len(name):,} characters; a name has at most {LONGEST_NAME}"
    if name.startswith(("=", "＝")):
        return f"{header!r} begins with '=': a formula, not a name"
    if not name[:1].isalnum() and not any(char.isalnum() for char in name):
        return f"no name in {header!r}"
    return None


def _uncorrected(cells: Cells, own: tuple[str, ...]) -> str | None:
    """Why a row of a reject file is rejected again: its open quote still holds the rest of the line.

    The cells after the quote are empty, and it holds a separator for each of them.
    """
    if not cells[-1].startswith(UNCLOSED):
        return None

    filled = [place for place in range(len(own)) if cells[place].strip()]
    if not filled:
        return None

    last = filled[-1]
    after = len(own) - 1 - last
    if not after or max(map(cells[last].count, _SEPARATORS)) < after:
        return None
    return (
        f"{own[last]!r} still holds the values of {after} further"
        f" column{'s' if after > 1 else ''}: put each into its own, or empty `_reason`"
    )
