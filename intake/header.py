"""Which row names the columns, and what the columns are called when the names are missing or
repeat.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from intake.column_names import is_column_name
from intake.rows import MAX_COLUMNS, Cells, Notes
from leads.errors import UsageError

#: How far down a header is looked for; more title lines than that are no list.
DEPTH = 30


def header_index(rows: Sequence[Sequence[str]]) -> int | None:
    """Where in the first rows of a file the header stands: below blank rows and title lines. None
    when all are blank.
    """
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    width = _usual_width(rows)
    first = next((place for place, count in enumerate(filled) if count), None)
    for place in range(first or 0, min(len(rows) - 1, DEPTH)):
        below = [
            (count, row)
            for count, row in zip(filled[place + 1 :], rows[place + 1 :], strict=True)
            if count
        ]
        if filled[place] and not (below and _is_title(rows[place], filled[place], below, width)):
            return place
    return first


def _usual_width(rows: Sequence[Sequence[str]]) -> int:
    widths = Counter(len(row) for row in rows if row)
    return max(widths, key=lambda width: (widths[width], width)) if widths else 0


def _is_title(
    row: Sequence[str], filled: int, below: Sequence[tuple[int, Sequence[str]]], usual_width: int
) -> bool:
    """Whether a row heads the list or groups its columns: emptier or shorter than those below, and
    names no more columns than the next.
    """
    counts = [count for count, _ in below]
    usual = median(counts)
    emptier = usual >= 2 and filled <= max(1, usual / 2)
    shorter = usual_width >= 4 and len(row) <= usual_width // 2
    names = _names_in(row)
    return (
        max(counts) > filled
        and (emptier or shorter)
        and (not names or _names_in(below[0][1]) > names)
    )


def _names_in(row: Sequence[str]) -> int:
    return sum(1 for cell in row if is_column_name(cell))


def skipped_lines(rows: Sequence[Sequence[str]], notes: Notes) -> None:
    """Name the title lines above the header in the notes."""
    titles = [" ".join(cell.strip() for cell in row if cell.strip()) for row in rows]
    shown = next((title for title in titles if title), "")
    if shown:
        notes.add(
            f"{len(rows)} line{'s' if len(rows) > 1 else ''} above the header skipped, beginning"
            f" with {shown[:80]!r}"
        )


def column_names(
    cells: Sequence[str], rows: Sequence[Sequence[str]], notes: Notes, name: str
) -> Cells:
    """A name for every column: blank ones become `column 3`, a repeated one `name (2)`; columns
    that only the rows have are added.
    """
    width = max(len(cells), _stated_width(rows))
    if width > MAX_COLUMNS:
        raise UsageError(
            f"{name} has {width:,} columns",
            f"a list may have {MAX_COLUMNS:,}: keep those that describe the companies",
        )
    found: dict[str, str] = {}
    for place in range(width):
        said = " ".join(cells[place].split()) if place < len(cells) else ""
        column = _unused(said or f"column {place + 1}", found)
        found[column] = said
        if said and column != said:
            notes.add(f"the column name {said!r} repeats; its next column is called {column!r}")
    return tuple(found)


def _stated_width(rows: Sequence[Sequence[str]]) -> int:
    """The width that more than half of the rows fill."""
    widths = sorted(
        max((place + 1 for place, cell in enumerate(row) if cell.strip()), default=0)
        for row in rows
        if row
    )
    return widths[(len(widths) - 1) // 2] if widths else 0


def _unused(name: str, taken: dict[str, str]) -> str:
    candidate, number = name, 1
    while candidate in taken:
        number += 1
        candidate = f"{name} ({number})"
    return candidate
