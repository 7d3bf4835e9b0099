"""A column while it is being recognised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intake.column_names import ColumnName, read_name
from intake.content import LOOKED_AT
from intake.mapping import KEEP, How
from leads.sheets.rows import Cells


@dataclass(slots=True)
class Draft:
    """One column: its name, a sample of its cells, and what it is taken for so far."""

    place: int
    header: str
    name: ColumnName
    #: Its different cells that are not empty, at most 300.
    values: list[str]
    #: The part of all cells that is not empty, and of those the part that is different.
    filled: float
    different: float
    field: str = KEEP
    how: How = How.NOT
    weak: bool = False

    def set(self, field: str, how: How, *, weak: bool = False) -> None:
        """Say what the column is; `keep` is what nothing recognised, unless it was told."""
        self.field, self.weak = field, weak
        self.how = How.NOT if field == KEEP and how != How.TOLD else how


def drafted(header: Sequence[str], sample: Sequence[Cells]) -> list[Draft]:
    """The columns of a header with what a sample of the rows holds in them."""
    return [
        _drafted(place, name, [cells[place].strip() for cells in sample])
        for place, name in enumerate(header)
    ]


def _drafted(place: int, header: str, cells: list[str]) -> Draft:
    full = [cell for cell in cells if cell]
    unique = dict.fromkeys(full)
    different = len(unique) / len(full) if full else 1.0
    return Draft(
        place,
        header,
        read_name(header),
        list(unique)[:LOOKED_AT],
        len(full) / len(cells) if cells else 1.0,
        different,
    )
