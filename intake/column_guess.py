"""What a column is taken for while the columns of a list are recognised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intake.column_names import ColumnName, read_name
from intake.content import LOOKED_AT
from intake.mapping import KEEP, How
from leads.sheets.rows import Cells


@dataclass(slots=True)
class ColumnGuess:
    """One column: its name, a sample of its cells, and its field so far."""

    place: int
    header: str
    name: ColumnName
    #: Its distinct cells that are not empty, at most 300.
    values: list[str]
    #: The share of cells that are not empty, and the share of these that are distinct.
    filled: float
    different: float
    field: str = KEEP
    how: How = How.NOT
    weak: bool = False

    def set(self, field: str, how: How, *, weak: bool = False) -> None:
        """Set the field; `keep` means not recognised, unless the user said so."""
        self.field, self.weak = field, weak
        self.how = How.NOT if field == KEEP and how != How.TOLD else how


def guesses_for(header: Sequence[str], sample: Sequence[Cells]) -> list[ColumnGuess]:
    """The columns of a header with their cells in a sample of the rows."""
    return [
        _guess(place, name, [cells[place].strip() for cells in sample])
        for place, name in enumerate(header)
    ]


def _guess(place: int, header: str, cells: list[str]) -> ColumnGuess:
    full = [cell for cell in cells if cell]
    unique = dict.fromkeys(full)
    different = len(unique) / len(full) if full else 1.0
    return ColumnGuess(
        place,
        header,
        read_name(header),
        list(unique)[:LOOKED_AT],
        len(full) / len(cells) if cells else 1.0,
        different,
    )
