"""Which cells of a row stay on its record, and what is equal for rows with equal cells."""

from __future__ import annotations

import hashlib

from intake.cells import unguarded
from intake.mapping import IGNORE, ColumnMapping
from intake.personal import without_personal_columns
from leads.sheets.rows import Cells


class KeptCells:
    """Finds the cells that stay, for the rows of one list; `told` is what else tells two readings
    of equal cells apart.
    """

    def __init__(self, mapping: ColumnMapping, told: str) -> None:
        self._mapping, self._told = mapping, told
        self._ignored = [one.place for one in mapping.columns if one.field == IGNORE]
        # Columns in the order of their names, with what stands before a cell.
        by_name = sorted(mapping.kept, key=lambda column: column[1])
        self._begins = [f"{header}\x1f" for _, header in by_name]
        self._places = [place for place, _ in by_name]

    def of(self, companys: Cells) -> tuple[Cells, str]:
        """The cells of a row in the order of its columns, where those that do not stay are empty,
        and what is equal for rows with equal cells, whatever the order of their columns.
        """
        cells = without_personal_columns(companys, self._mapping)
        # Nearly all rows are as they should be, and a look at all cells at once takes no time.
        if "'" in "".join(cells):
            cells = tuple(map(unguarded, cells))
        stripped = tuple(map(str.strip, cells))
        if stripped != cells:
            cells = tuple([one if text else "" for one, text in zip(cells, stripped, strict=True)])
        if self._ignored:
            kept = list(cells)
            for place in self._ignored:
                kept[place] = ""
            cells = tuple(kept)
        return cells, self._digest(stripped)

    def _digest(self, stripped: Cells) -> str:
        by_name = zip(self._begins, map(stripped.__getitem__, self._places), strict=True)
        cells = [begin + cell for begin, cell in by_name if cell]
        text = "\x1e".join([*cells, self._told])
        # Half of the digits tell rows of one list apart, and each row keeps them twice.
        return hashlib.sha256(text.encode("utf-8")).hexdigest()[:32]
