"""Read one sheet of an Excel workbook as the text a person sees in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any, Protocol

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from intake.files import Input
from intake.header import DEPTH, column_names, header_index, skipped_lines
from intake.old_excel import PasswordProtectedError, UnreadableError, read_old_excel
from intake.rows import Cells, Item, ListSource, Notes, shaped
from intake.workbook import inspect_ole, inspect_zip, protected
from leads.errors import UsageError

Value = int | float | str | bool | time | date | datetime | timedelta
_EXACT = 10**15
_LOST = (
    "{n} number{s} of more than 15 digits: Excel had already lost the rest (such ids must be stored"
    " as text)"
)


class Sheet(Protocol):
    """One sheet, of a new workbook or an old one."""

    @property
    def name(self) -> str:
        """As the user sees it."""

    @property
    def height(self) -> int:
        """0 when nothing is on it."""

    def iter_rows(self) -> Iterator[list[Any]]:
        """Its rows, from the sheet's first."""


def open_xlsx(file: Input, sheet: str | None) -> ListSource:
    """The list on a sheet named or numbered from 1, by default on the first that is not empty;
    UsageError when there is none.
    """
    notes = Notes()
    page = _chosen(
        _new(file, sheet, notes) if file.head.startswith(b"PK") else _old(file, sheet),
        notes,
        file.name,
    )
    first = [
        [_text(value, Notes()) for value in row] for row in islice(page.iter_rows(), DEPTH * 2)
    ]
    at = header_index(first)
    if at is None:
        raise UsageError(
            f"the sheet {page.name!r} of {file.name} is empty", "choose another with --sheet"
        )
    skipped_lines(first[:at], notes)
    header = column_names(first[at], first[at + 1 :], notes, file.name)

    def read(notes: Notes) -> Iterator[Item]:
        return _items(page, at, header, notes)

    return ListSource(file.name, "xlsx", "", "", header, file.sha256, notes, read, page.name)


def _new(file: Input, wanted: str | None, notes: Notes) -> list[Sheet]:
    """The sheets of a workbook, or the wanted one."""
    errors = inspect_zip(file).errors
    if errors:
        notes.add(
            f"{errors:,} cells of the workbook with an error such as #N/A: they count as empty"
        )
    try:
        with file.open() as stream, CalamineWorkbook.from_filelike(stream) as book:
            names = (
                book.sheet_names
                if wanted is None
                else [_named(book.sheet_names, wanted, file.name)]
            )
            return [book.get_sheet_by_name(name) for name in names]
    except PasswordError:
        raise protected(file.name) from None
    except CalamineError as error:
        raise UsageError(
            f"{file.name} is no Excel workbook that can be read: {error}",
            "save it again as .xlsx or as CSV (UTF-8)",
        ) from None


def _old(file: Input, wanted: str | None) -> list[Sheet]:
    inspect_ole(file)
    try:
        sheets = read_old_excel(file.path)
    except PasswordProtectedError:
        raise protected(file.name) from None
    except UnreadableError:
        raise UsageError(
            f"{file.name} is no Excel workbook that can be read, or only half of one",
            "download it again, or save it as .xlsx or CSV (UTF-8)",
        ) from None
    name = None if wanted is None else _named([sheet.name for sheet in sheets], wanted, file.name)
    return [sheet for sheet in sheets if name in (None, sheet.name)]


def _chosen(pages: list[Sheet], notes: Notes, name: str) -> Sheet:
    """The first page with anything on it; the others are named in the notes."""
    full = [page for page in pages if page.height]
    if not full and len(pages) == 1:
        return pages[0]
    if not full:
        raise UsageError(
            f"{name} has no sheet with anything on it", "check that it is the right file"
        )
    if len(full) > 1:
        others = ", ".join(repr(page.name) for page in full[1:])
        notes.add(f"the sheet {full[0].name!r} was read; --sheet reads another: {others}")
    return full[0]


def _named(names: list[str], wanted: str, name: str) -> str:
    for each in names:
        if each.strip().casefold() == wanted.strip().casefold():
            return each
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= len(names):
        return names[int(wanted) - 1]
    raise UsageError(f"{name} has no sheet {wanted!r}", f"it has: {', '.join(map(repr, names))}")


def _items(page: Sheet, at: int, header: Cells, notes: Notes) -> Iterator[Item]:
    for row, values in enumerate(islice(page.iter_rows(), at + 1, None), start=1):
        cells = [_text(value, notes) for value in values]
        yield shaped(row, at + 1 + row, cells, header, notes, "text")


def _text(value: Value, notes: Notes) -> str:
    """A cell's value as written: whole numbers without `.0`, dates as ISO."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, notes)
    if isinstance(value, datetime):
        return (
            value.date().isoformat()
            if value.time() == time()
            else value.isoformat(sep=" ", timespec="seconds")
        )
    return str(value)


def _number(value: float, notes: Notes) -> str:
    if abs(value) < _EXACT:
        return str(int(value)) if value == int(value) else repr(value)
    if not abs(value) < 1e21:
        return repr(value)
    shown = str(int(Decimal(repr(value))))
    notes.count(_LOST, shown)
    return shown
