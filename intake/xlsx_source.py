"""Read one sheet of an Excel workbook as the text a person sees in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from intake.files import Input
from intake.header import DEPTH, column_names, header_index, skipped_lines
from intake.rows import Cells, Item, ListSource, Notes, shaped
from intake.workbook import inspect_ole, inspect_zip
from leads.errors import UsageError

Value = int | float | str | bool | time | date | datetime | timedelta
_EXACT = 10**15
_LOST = "{n} number{s} of more than 15 digits: Excel had already lost the rest (such ids must be stored as text)"


def open_xlsx(file: Input, sheet: str | None) -> ListSource:
    """The list on a sheet named or numbered from 1, by default on the first that is not empty; UsageError when there is none."""
    notes = Notes()
    if file.head.startswith(b"PK"):
        errors = inspect_zip(file).errors
        if errors:
            notes.add(f"{errors:,} cells of the workbook with an error such as #N/A: they count as empty")
    else:
        inspect_ole(file)
    page = _chosen(_loaded(file), sheet, notes, file.name)
    first = [[_text(value, Notes()) for value in row] for row in islice(page.iter_rows(), DEPTH * 2)]
    at = header_index(first)
    if at is None:
        raise UsageError(f"the sheet {page.name!r} of {file.name} is empty", "choose another with --sheet")
    skipped_lines(first[:at], notes)
    header = column_names(first[at], first[at + 1 :], notes, file.name)

    def read(notes: Notes) -> Iterator[Item]:
        return _items(page, at, header, notes)

    return ListSource(file.name, "xlsx", "", "", header, file.sha256, notes, read, page.name)


def _loaded(file: Input) -> CalamineWorkbook:
    try:
        with file.open() as stream:
            return CalamineWorkbook.from_filelike(stream)
    except PasswordError:
        raise UsageError(f"{file.name} is protected by a password", "open it, save a copy without the password, and read that") from None
    except CalamineError as error:
        raise UsageError(
            f"{file.name} is no Excel workbook that can be read: {error}", "save it again as .xlsx or as CSV (UTF-8)"
        ) from None


def _chosen(book: CalamineWorkbook, wanted: str | None, notes: Notes, name: str) -> CalamineSheet:
    names = book.sheet_names
    if wanted is not None:
        return _sheet(book, _named(names, wanted, name), name)
    pages = [_sheet(book, each, name) for each in names]
    full = [page for page in pages if page.height]
    if not full:
        raise UsageError(f"{name} has no sheet with anything on it", "check that it is the right file")
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


def _sheet(book: CalamineWorkbook, name: str, file: str) -> CalamineSheet:
    try:
        return book.get_sheet_by_name(name)
    except CalamineError as error:
        raise UsageError(f"the sheet {name!r} of {file} cannot be read: {error}", "save it again as .xlsx or as CSV (UTF-8)") from None


def _items(page: CalamineSheet, at: int, header: Cells, notes: Notes) -> Iterator[Item]:
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
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="seconds")
    return str(value)


def _number(value: float, notes: Notes) -> str:
    if abs(value) < _EXACT:
        return str(int(value)) if value == int(value) else repr(value)
    if not abs(value) < 1e21:
        return repr(value)
    shown = str(int(Decimal(repr(value))))
    notes.count(_LOST, shown)
    return shown
