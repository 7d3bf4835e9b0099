"""Rows with a known outcome, as columns of text in order of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Column:
    """The cells of one column, numbered by their distinct texts."""

    name: str
    #: Distinct texts; the empty text is a missing cell.
    texts: Sequence[str]
    #: For each row the place of its text.
    code: Ints

    @property
    def is_filled(self) -> Flags:
        """Which rows have a value."""
        filled = np.array([text != "" for text in self.texts], dtype=np.bool_)
        found: Flags = filled[self.code]
        return found

    @property
    def counts(self) -> Ints:
        """How many rows have each text."""
        return np.bincount(self.code, minlength=len(self.texts))

    def rows(self, places: Ints) -> Column:
        """The column of some rows, in their order."""
        used, code = np.unique(self.code[places], return_inverse=True)
        return Column(self.name, [self.texts[place] for place in used.tolist()], code)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The closed rows of a table: those whose outcome is won or lost."""

    columns: Mapping[str, Column]
    won: Flags

    def __len__(self) -> int:
        return len(self.won)

    def rows(self, places: Ints) -> Outcomes:
        """Some rows, in their order."""
        columns = {name: column.rows(places) for name, column in self.columns.items()}
        return Outcomes(columns, self.won[places])


def column_of(name: str, cells: Sequence[str]) -> Column:
    """Number the cells of a column; white space at the ends is dropped."""
    numbers: dict[str, int] = {}
    code = [numbers.setdefault(cell.strip(), len(numbers)) for cell in cells]
    return Column(name, list(numbers), np.array(code, dtype=np.int64))
