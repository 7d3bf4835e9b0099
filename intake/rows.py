"""What every reader hands on: the rows of one list, as text, in the order of the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

Cells = tuple[str, ...]

#: Stands in a cell for bytes that its encoding cannot read; no well-formed text holds it.
UNREADABLE = "\udcff"
#: More columns than this is a matrix or an attack, not a list of companies.
MAX_COLUMNS = 2_000

_FLAW = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One data record as received; a blank one has only empty cells."""

    #: Data records count from 1.
    row: int
    #: The physical line it starts on (the sheet's row for XLSX).
    line: int
    cells: Cells

    @property
    def blank(self) -> bool:
        """Whether every cell is empty or white space."""
        return not any(cell and not cell.isspace() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class BadRow:
    """A data record that cannot be taken, and why."""

    row: int
    line: int
    cells: Cells
    reason: str


Item = SourceRow | BadRow


@dataclass(slots=True)
class Notes:
    """What a reader did that the list's owner should know: each kind once, with its count and its
    first case.
    """

    _said: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, list[int]] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Say `text` once."""
        self._said[text] = ""

    def count(self, text: str, first: str = "") -> None:
        """Say `text` once; its `{n}` becomes how often it was counted, `first` is the case shown."""
        self._said.setdefault(text, first)
        self._counts.setdefault(text, [0])[0] += 1

    def copy(self) -> Notes:
        """Notes that start with these."""
        return Notes(dict(self._said), {text: list(count) for text, count in self._counts.items()})

    def lines(self) -> tuple[str, ...]:
        """The notes in the order in which they first arose."""
        return tuple(self._line(text, first) for text, first in self._said.items())

    def _line(self, text: str, first: str) -> str:
        count = self._counts.get(text, [0])[0]
        shown = text.replace("{n}", f"{count:,}").replace("{s}", "" if count == 1 else "s")
        return f"{shown} (first: {first})" if first else shown


@dataclass(slots=True)
class ListSource:
    """An opened list: what is known of it before its rows are read; iterating reads them, lazily,
    and may be done again.
    """

    #: The file's name without its folders, `-` for stdin.
    name: str
    #: `csv`, `xlsx` or `jsonl`.
    format: str
    #: The codec the text is read with; empty for XLSX.
    encoding: str
    #: Of a CSV; empty when it has one column.
    delimiter: str
    header: Cells
    #: Of the file's bytes.
    sha256: str
    #: What opening it showed; reading it adds to `notes`.
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


def shaped(
    row: int, line: int, cells: list[str], header: Cells, notes: Notes, encoding: str
) -> Item:
    """A record brought to the header's width: missing cells at its end are empty, surplus cells
    must be.
    """
    if len(cells) > len(header):
        if any(cell.strip() for cell in cells[len(header) :]):
            return BadRow(row, line, tuple(cells), f"{len(cells)} cells, but {len(header)} columns")
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
    """Why a row of these cells cannot be stored as text, None when it can."""
    if not _FLAW.search("\n".join(cells)):
        return None
    for place, cell in enumerate(cells):
        found = _FLAW.search(cell)
        if found:
            what = {"\x00": "a NUL byte", UNREADABLE: f"bytes that are not {encoding}"}.get(
                found[0], "half a character (a lone surrogate)"
            )
            return f"{what} in {header[place]!r}"
    return None
