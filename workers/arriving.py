"""Which rows of a list can be stored, before any is."""

from __future__ import annotations

from workers.context import Context
from workers.importing import ImportRequest, erased_rows, parsed_list


def standing(context: Context, request: ImportRequest, column: str) -> tuple[set[str], set[str]]:
    """The cells of a column, of the rows that can be stored, and of those whose company was erased on
    request; rejected rows are in neither.
    """
    with parsed_list(context, request) as rows:
        cells = {row.row: row.raw[column] for row in rows}
        gone = {cells[number] for number, one in erased_rows(context, rows).items() if one is None}
    return set(cells.values()) - gone, gone
