"""The cells of a row as they are stored: in the order of its file's columns, whose names the import
keeps once.

Rows that earlier versions stored have each cell by its name; both are read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

#: By place, or by name.
StoredCells: TypeAlias = list[Any] | dict[str, Any]


def to_store(cells: Mapping[str, str], headers: Sequence[str]) -> StoredCells:
    """The cells by the place of their column; empty ones at the end are left out."""
    found = [cells.get(header, "") for header in headers]
    if len(found) - found.count("") != len(cells):
        # A cell that is no column's, or one that is empty on purpose.
        return dict(cells)
    while found and not found[-1]:
        found.pop()
    return found


def by_name(stored: StoredCells, columns: Mapping[str, Any]) -> dict[str, Any]:
    """The cells that are not empty by the names of their columns, as the row's import kept them."""
    if isinstance(stored, dict):
        return stored
    headers = headers_of(columns)
    return {header: cell for header, cell in zip(headers, stored, strict=False) if cell}


def headers_of(columns: Mapping[str, Any]) -> list[str]:
    """The names of an import's columns."""
    return [column["header"] for column in columns.get("columns", ())]


def emptied(stored: StoredCells, must_go: Callable[[str], bool]) -> StoredCells:
    """The cells with those emptied that must go."""
    if isinstance(stored, dict):
        return {name: "" if must_go(str(cell)) else cell for name, cell in stored.items()}
    return ["" if must_go(str(cell)) else cell for cell in stored]
