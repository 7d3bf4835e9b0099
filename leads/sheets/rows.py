"""What every reader returns: a table, whose rows are text in the order of the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

Cells = tuple[str, ...]

#: Replaces bytes that the encoding cannot read; valid text never contains it.
UNREADABLE = "\udcff"
#: The most columns a table may have.
MAX_COLUMNS = 2_000

_FLAW = re.compile("[\x00\ud800-\udfff]")


class SourceRow(NamedTuple):
    """One row as received."""

    #: Rows below the header count from 1.
    row: int
    #: The line of the file it starts on; for XLSX the row of the sheet.
    line: int
    cells: Cells

    @property
    def blank(self) -> bool:
        """Whether every cell is empty or white space."""
        return not any(cell and not cell.isspace() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is rejected, and why."""

    row: int
    line: int
    cells: Cells
    reason: str


Item = SourceRow | BadRow


@dataclass(slots=True)
class Notes:
    """What a reader did that its user should know: each note once, with a count and a first case."""

    _texts: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, list[int]] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Add a note; the same text is added once."""
        self._texts[text] = ""

    def count(self, text: str, first: str = "") -> None:
        """Count a case of `text`, whose `{n}` becomes the count; `first` is the case shown."""
        self._texts.setdefault(text, first)
        self._counts.setdefault(text, [0])[0] += 1

    def copy(self) -> Notes:
        """A copy that can be added to."""
        return Notes(dict(self._texts), {text: list(count) for text, count in self._counts.items()})

    def lines(self) -> tuple[str, ...]:
        """The notes in the order of their first case."""
        return tuple(self._line(text, first) for text, first in self._texts.items())

    def _line(self, text: str, first: str) -> str:
        count = self._counts.get(text, [0])[0]
        shown = text.replace("{n}", f"{count:,}").replace("{s}", "" if count == 1 else "s")
        return f"{shown} (first: {first})" if first else shown


@dataclass(slots=True)
class Table:
    """An opened table; each iteration reads its rows from the start, one at a time."""

    #: The name that the user gave; `-` for stdin.
    name: str
    #: `csv`, `xlsx` or `jsonl`.
    format: str
    #: The encoding of the text; empty for XLSX.
    encoding: str
    #: Of a CSV; empty for one column.
    delimiter: str
    header: Cells
    #: Of the file's bytes.
    sha256: str
    #: Notes from opening the file; reading adds to a copy of them, `notes`.
    opening: Notes
    read: Callable[[Notes], Iterator[Item]]
    #: The sheet read, of an XLSX.
    sheet: str = ""
    notes: Notes = field(default_factory=Notes)

    def __post_init__(self) -> None:
        self.notes = self.opening.copy()

    def __iter__(self) -> Iterator[Item]:
        self.notes = self.opening.copy()
        return self.read(self.notes)


def too_many_cells(cells: int, columns: int) -> str:
    """Why a row with more cells than columns is rejected."""
    return f"{cells} cells, but {columns} column{'' if columns == 1 else 's'}"


def shaped(
    row: int, line: int, cells: list[str], header: Cells, notes: Notes, encoding: str
) -> Item:
    """A row with as many cells as the header: missing cells are empty; surplus cells reject the row
    unless they are empty.
    """
    if len(cells) > len(header):
        if any(cell.strip() for cell in cells[len(header) :]):
            return BadRow(row, line, tuple(cells), too_many_cells(len(cells), len(header)))
        del cells[len(header) :]
    elif len(cells) < len(header):
        if cells:
            notes.count(
                "{n} row{s} shorter than the header: missing cells count as empty", f"line {line}"
            )
        cells.extend([""] * (len(header) - len(cells)))
    kept = tuple(cells)
    if kept == header:
        return BadRow(row, line, kept, "it repeats the header")
    flaw = _flaw_of(kept, header, encoding)
    return BadRow(row, line, kept, flaw) if flaw else SourceRow(row, line, kept)


def _flaw_of(cells: Cells, header: Cells, encoding: str) -> str | None:
    """Why these cells cannot be stored as text; None when they can."""
    text = "\n".join(cells)
    # Most rows are plain, and two looks at their text take a tenth of the pattern's time.
    if (text.isascii() and "\x00" not in text) or not _FLAW.search(text):
        return None
    for place, cell in enumerate(cells):
        found = _FLAW.search(cell)
        if found:
            what = {"\x00": "a NUL byte", UNREADABLE: f"bytes that are not {encoding}"}.get(
                found[0], "half a character (a lone surrogate)"
            )
            return f"{what} in {header[place]!r}"
    return None
