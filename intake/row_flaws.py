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


def row_flaw(cells: Cells, column: Column) -> str | None:
    """Why a row is rejected, with the `column` of names; None when it names a company."""
    name = cleaned(cells[column.place])
    if len(name) > LONGEST_NAME:
        return f"{column.header!r} has {len(name):,} characters; a name has at most {LONGEST_NAME}"
    if name.startswith(("=", "＝")):
        return f"{column.header!r} begins with '=': a formula, not a name"
    if not any(char.isalnum() for char in name):
        return f"no name in {column.header!r}"
    others = []
    for place, cell in enumerate(cells):
        if cell and place != column.place and (text := cleaned(cell)):
            others.append(text)
            # Of most rows, the first other cell tells that they are no total.
            if len(others) > _FEW_CELLS or not is_number(text):
                return None
    return why_no_company(name, others)


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
