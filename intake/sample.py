"""The rows by which the columns of a list are recognised."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from leads.sheets.rows import Cells, SourceRow, Table

#: How many rows, and further ones of a column that these leave empty.
SAMPLE, FILLED = 2_000, 20


def sample_of(table: Table) -> list[Cells]:
    """The rows by which the columns are recognised: the first that are not blank, and of a column
    that these leave empty the first rows that fill it.
    """
    rows = (item.cells for item in table if isinstance(item, SourceRow) and not item.blank)
    sample = list(islice(rows, SAMPLE))
    empty = [
        place
        for place in range(len(table.header))
        if not any(cells[place].strip() for cells in sample)
    ]
    return sample + _filling(rows, dict.fromkeys(empty, FILLED))


def _filling(rows: Iterable[Cells], wanted: dict[int, int]) -> list[Cells]:
    """The first rows that fill columns, as many as are `wanted` of each."""
    found: list[Cells] = []
    if not wanted:
        return found
    for cells in rows:
        filled = [place for place in wanted if cells[place].strip()]
        if not filled:
            continue
        found.append(cells)
        left = {place: count - (place in filled) for place, count in wanted.items()}
        wanted = {place: count for place, count in left.items() if count}
        if not wanted:
            break
    return found
