"""Open a raw list: a table whose header is recognised by the usual names of columns."""

from __future__ import annotations

from intake.column_names import is_column_name
from leads.sheets.open_table import open_table
from leads.sheets.rows import Table


def open_list(
    path: str,
    *,
    encoding: str | None = None,
    sheet: str | None = None,
    if_needed: bool = False,
) -> Table:
    """The table in a raw list; errors are those of `open_table`."""
    return open_table(path, is_column_name, encoding=encoding, sheet=sheet, if_needed=if_needed)
