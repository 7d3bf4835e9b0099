"""The cells of a row as they are stored: in the order of its file's columns, whose names the import
keeps once.

Rows that earlier versions stored have each cell by its name; both are read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from json.encoder import encode_basestring_ascii
from typing import Any, TypeAlias

_BETWEEN = '","'
#: By place, or by name.
StoredCells: TypeAlias = list[Any] | dict[str, Any]


def to_store(cells: Sequence[str]) -> str:
    """The cells as JSON in the order of their columns."""
    # Without blanks: a row of sixty columns would have sixty.
    text = "".join(cells)
    if cells and text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        # No cell has a sign that JSON writes otherwise: they are written at once.
        return f'["{_BETWEEN.join(cells)}"]'
    return f"[{','.join(map(encode_basestring_ascii, cells))}]"


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
