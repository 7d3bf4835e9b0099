"""The rows by which the columns of a list are recognised."""

from __future__ import annotations

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
    wanted = {
        place: FILLED
        for place in range(len(table.header))
        if not any(cells[place].strip() for cells in sample)
    }
    if len(sample) < SAMPLE or not wanted:
        return sample

    for cells in rows:
        found = [place for place in wanted if cells[place].strip()]
        if found:
            sample.append(cells)
        for place in found:
            wanted[place] -= 1
            if not wanted[place]:
                del wanted[place]
        if not wanted:
            break
    return sample
