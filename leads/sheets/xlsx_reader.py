"""Read one sheet of an Excel workbook as text, the way Excel shows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any, Protocol

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from leads.errors import UsageError
from leads.sheets.header import (
    DEPTH,
    NamesColumn,
    column_names,
    grouped,
    header_index,
    skipped_lines,
)
from leads.sheets.input_file import InputFile
from leads.sheets.old_excel import PasswordProtectedError, UnreadableError, read_old_excel
from leads.sheets.padded_numbers import Shapes, padded_columns, with_zeros
from leads.sheets.rows import Cells, Item, Notes, Table, shaped
from leads.sheets.workbook_check import (
    inspect_ole,
    inspect_zip,
    is_open_document,
    protected,
)

Value = int | float | str | bool | time | date | datetime | timedelta
_EXACT = 10**15
_LOST = (
    "{n} number{s} of more than 15 digits: Excel had already lost the rest (such ids must be stored"
    " as text)"
)


class Sheet(Protocol):
    """One sheet of an .xlsx or an .xls file."""

    @property
    def name(self) -> str:
        """The name on its tab."""

    @property
    def height(self) -> int:
        """The number of rows; 0 when the sheet is empty."""

    def iter_rows(self) -> Iterator[list[Any]]:
        """The rows, from the first row of the sheet."""


def open_xlsx(file: InputFile, sheet: str | None, names_column: NamesColumn) -> Table:
    """The table on a sheet given by name or number, by default the first that is not empty;
    UsageError when there is none.
    """
    notes = Notes()
    page = _chosen(_pages(file, sheet, notes), notes, file.name, names_column)
    first = _first_rows(page)
    at = header_index(first, names_column)
    if at is None:
        raise UsageError(
            f"the sheet {page.name!r} of {file.name} is empty", "choose another with --sheet"
        )
    skipped_lines(first[:at], notes)
    header = column_names(grouped(first[at], first[:at]), first[at + 1 :], notes, file.name)

    shapes = _shapes(file, page)

    def read(notes: Notes) -> Iterator[Item]:
        return _items(page, at, header, notes, shapes)

    return Table(file.name, "xlsx", "", "", header, file.sha256, notes, read, page.name)


def _pages(file: InputFile, wanted: str | None, notes: Notes) -> list[Sheet]:
    zipped = file.head.startswith(b"PK")
    if zipped and not is_open_document(file):
        return _new(file, wanted, notes)
    return _apart(file, wanted, zipped=zipped)


def _first_rows(page: Sheet) -> list[list[str]]:
    return [[_text(value, Notes()) for value in row] for row in islice(page.iter_rows(), DEPTH * 2)]


def _new(file: InputFile, wanted: str | None, notes: Notes) -> list[Sheet]:
    """The sheets of an .xlsx file, or only the wanted one."""
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
            f"{file.name} cannot be read as an Excel workbook: {error}",
            "save it again as .xlsx or as CSV (UTF-8)",
        ) from None


def _apart(file: InputFile, wanted: str | None, *, zipped: bool) -> list[Sheet]:
    """The sheets of an .xls or .ods file, which a process of its own reads."""
    if not zipped:
        inspect_ole(file)
    try:
        sheets = read_old_excel(file.path)
    except PasswordProtectedError:
        raise protected(file.name) from None
    except UnreadableError:
        raise UsageError(
            f"{file.name} cannot be read as a workbook; it may be damaged or cut off",
            "download it again, or save it as .xlsx or CSV (UTF-8)",
        ) from None
    name = None if wanted is None else _named([sheet.name for sheet in sheets], wanted, file.name)
    return [sheet for sheet in sheets if name in (None, sheet.name)]


def _chosen(pages: list[Sheet], notes: Notes, name: str, names_column: NamesColumn) -> Sheet:
    """The first sheet with a table whose columns are named, else the first that is not empty; a
    note names the others.
    """
    full = [page for page in pages if page.height]
    if not full and len(pages) == 1:
        return pages[0]
    if not full:
        raise UsageError(f"{name} has only empty sheets", "check that it is the right file")
    tables = (page for page in full if len(full) > 1 and _is_table(page, names_column))
    chosen = next(tables, full[0])
    if len(full) > 1:
        others = ", ".join(repr(page.name) for page in full if page is not chosen)
        notes.add(f"the sheet {chosen.name!r} was read; --sheet reads another: {others}")
    return chosen


def _is_table(page: Sheet, names_column: NamesColumn) -> bool:
    """Whether a sheet names two columns, or one above several rows; a cover sheet does not."""
    rows = _first_rows(page)
    at = header_index(rows, names_column)
    if at is None:
        return False
    names = sum(1 for cell in rows[at] if names_column(cell))
    below = sum(1 for row in rows[at + 1 :] if any(cell.strip() for cell in row))
    return below > 0 and (names > 1 or (names == 1 and below > 2))


def _named(names: list[str], wanted: str, name: str) -> str:
    for each in names:
        if each.strip().casefold() == wanted.strip().casefold():
            return each
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= len(names):
        return names[int(wanted) - 1]
    raise UsageError(f"{name} has no sheet {wanted!r}", f"it has: {', '.join(map(repr, names))}")


def _shapes(file: InputFile, page: Sheet) -> Shapes:
    """The columns with leading zeros of an .xlsx sheet, by their position in its rows."""
    if not isinstance(page, CalamineSheet) or page.start is None:
        return {}
    first = page.start[1]
    return {place - first: found for place, found in padded_columns(file, page.name).items()}


def _items(page: Sheet, at: int, header: Cells, notes: Notes, shapes: Shapes) -> Iterator[Item]:
    for row, values in enumerate(islice(page.iter_rows(), at + 1, None), start=1):
        cells = [_text(value, notes) for value in values]
        for place, found in shapes.items():
            value = values[place] if place < len(values) else None
            if isinstance(value, int | float) and not isinstance(value, bool):
                cells[place] = with_zeros(value, found) or cells[place]
        yield shaped(row, at + 1 + row, cells, header, notes, "text")


def _text(value: Value, notes: Notes) -> str:
    """A cell's value as text: whole numbers without `.0`, dates as ISO."""
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
