"""Find the row that names the columns, and name the columns it leaves blank or names twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from statistics import median

from leads.errors import UsageError
from leads.sheets.rows import MAX_COLUMNS, Cells, Notes

#: Whether a text is a usual name of a column; the caller knows the words of its subject.
NamesColumn = Callable[[str], bool]

#: The header must be among this many rows.
DEPTH = 30
#: A row that names so many columns, and so near, is a header.
_MANY, _NEAR = 3, 8
_FEWEST_GROUPS = 2


def header_index(rows: Sequence[Sequence[str]], names_column: NamesColumn) -> int | None:
    """The index of the header row, below blank rows and title lines; None when all rows are blank."""
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    places = [place for place, count in enumerate(filled) if count]
    if not places:
        return None

    width = _usual_width(rows)
    for at, place in enumerate(places):
        if place >= min(len(rows) - 1, DEPTH):
            break
        below = [(filled[other], rows[other]) for other in places[at + 1 :]]
        if not below or not _is_title(rows[place], filled[place], below, width, names_column):
            return place
    return places[0]


def _usual_width(rows: Sequence[Sequence[str]]) -> int:
    widths = Counter(len(row) for row in rows if row)
    return max(widths, key=lambda width: (widths[width], width)) if widths else 0


def _is_title(
    row: Sequence[str],
    filled: int,
    below: Sequence[tuple[int, Sequence[str]]],
    usual_width: int,
    names_column: NamesColumn,
) -> bool:
    """Whether a row is a title or groups columns: it has fewer cells than the rows below it and
    names fewer columns than the next row, or no column; or a row just below names far more columns.
    """
    names = _count_names(row, names_column)
    most = max(_count_names(other, names_column) for _, other in below[:_NEAR])
    if most >= max(_MANY, 2 * names + 1) or _groups(filled, below[0], names_column):
        return True
    counts = [count for count, _ in below]
    usual = median(counts)
    emptier = usual >= 2 and filled <= max(1, usual / 2)
    shorter = usual_width >= 4 and len(row) <= usual_width // 2
    return (
        max(counts) > filled
        and (emptier or shorter)
        and (not names or _count_names(below[0][1], names_column) > names)
    )


def _groups(filled: int, below: tuple[int, Sequence[str]], names_column: NamesColumn) -> bool:
    """Whether a row groups the columns that the next one names, cell by cell."""
    count, cells = below
    return count > filled and count == _count_names(cells, names_column)


def _count_names(row: Sequence[str], names_column: NamesColumn) -> int:
    return sum(1 for cell in row if names_column(cell))


def skipped_lines(rows: Sequence[Sequence[str]], notes: Notes) -> None:
    """Add a note that quotes the first title line above the header."""
    titles = [" ".join(cell.strip() for cell in row if cell.strip()) for row in rows]
    shown = next((title for title in titles if title), "")
    if shown:
        notes.add(
            f"{len(rows)} line{'s' if len(rows) > 1 else ''} above the header skipped, beginning"
            f" with {shown[:80]!r}"
        )


def grouped(cells: Sequence[str], above: Sequence[Sequence[str]]) -> list[str]:
    """The header's cells, repeated ones with the group that the row above it names: below
    `Company` and `Contact`, two columns called `Name` are `Company Name` and `Contact Name`.
    """
    groups = [" ".join(cell.split()) for cell in above[-1]] if above else []
    counts = Counter(" ".join(cell.split()).casefold() for cell in cells)
    if sum(1 for group in groups if group) < _FEWEST_GROUPS:
        return list(cells)
    found: list[str] = []
    group = ""
    for place, cell in enumerate(cells):
        group = (groups[place] if place < len(groups) else "") or group
        repeated = cell.strip() and counts[" ".join(cell.split()).casefold()] > 1
        found.append(f"{group} {cell.strip()}".strip() if repeated else cell)
    return found


def column_names(
    cells: Sequence[str], rows: Sequence[Sequence[str]], notes: Notes, name: str
) -> Cells:
    """One unique name per column: a blank one becomes `column 3`, a repeated one `name (2)`.

    Columns that the rows fill beyond the header are added. UsageError when there are too many.
    """
    width = max(len(cells), _filled_width(rows))
    if width > MAX_COLUMNS:
        raise UsageError(
            f"{name} has {width:,} columns",
            f"a list may have {MAX_COLUMNS:,}: keep those that describe the companies",
        )
    found: dict[str, str] = {}
    for place in range(width):
        written = " ".join(cells[place].split()) if place < len(cells) else ""
        column = _unused(written or f"column {place + 1}", found)
        found[column] = written
        if written and column != written:
            notes.add(f"the column name {written!r} repeats; its next column is called {column!r}")
    return tuple(found)


def _filled_width(rows: Sequence[Sequence[str]]) -> int:
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
