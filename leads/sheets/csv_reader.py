"""Read a CSV row by row: four delimiters, quotes, line breaks in cells, title lines, ragged rows."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice

from leads.errors import UsageError
from leads.sheets.csv_dialect import NONE, Dialect, sniff
from leads.sheets.csv_records import Record, records, with_escapes
from leads.sheets.encodings import MARK
from leads.sheets.header import (
    DEPTH,
    NamesColumn,
    column_names,
    grouped,
    header_index,
    skipped_lines,
)
from leads.sheets.input_file import InputFile
from leads.sheets.rows import BadRow, Cells, Item, Notes, Table, shaped

_SNIFFED = 1 << 16
_LONGEST_LINE = 1 << 24


def open_csv(file: InputFile, encoding: str, names_column: NamesColumn) -> Table:
    """The table in a CSV file; UsageError when all its lines are blank."""
    with _text(file, encoding) as stream:
        sample = stream.read(_SNIFFED)
        dialect = with_escapes(sample, sniff(sample, names_column))
    rows = [record.cells for record in islice(_records(file, encoding, dialect), DEPTH * 2)]
    at = header_index(rows, names_column)
    if at is None:
        raise UsageError(
            f"{file.name} has only blank lines",
            "add a line that names the columns, and one line for each row",
        )
    notes = Notes()
    skipped_lines(rows[:at], notes)
    # A wider row has a delimiter too many somewhere: to name its last cells would shift the others.
    header = column_names(grouped(rows[at], rows[:at]), (), notes, file.name)
    _note_wider(header, rows[at + 1 :], notes)
    delimiter = "" if dialect.delimiter == NONE else dialect.delimiter

    def read(notes: Notes) -> Iterator[Item]:
        found = islice(_records(file, encoding, dialect), at + 1, None)
        return _items(found, header, notes, encoding, cut=file.cut)

    return Table(file.name, "csv", encoding, delimiter, header, file.sha256, notes, read)


def _note_wider(header: Cells, rows: list[list[str]], notes: Notes) -> None:
    wider = [row for row in rows if any(cell.strip() for cell in row[len(header) :])]
    if len(wider) * 2 > len(rows):
        notes.add(
            "most rows have more cells than the header has names: put cells that hold the delimiter"
            " in quotes, or name the further columns"
        )


def _text(file: InputFile, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(file.open(), encoding=encoding, errors=MARK, newline="")


def _records(file: InputFile, encoding: str, dialect: Dialect) -> Iterator[Record]:
    before = 1 if dialect.named else 0
    with _text(file, encoding) as stream:
        yield from records(islice(_lines(stream, file.name), before, None), dialect, before)


def _lines(stream: io.TextIOWrapper, name: str) -> Iterator[str]:
    """The physical lines; UsageError when one is too long."""
    while line := stream.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise UsageError(
                f"{name} has a line of more than {_LONGEST_LINE:,} characters",
                "export it again with one row a line",
            )
        yield line


def _items(
    found: Iterator[Record], header: Cells, notes: Notes, encoding: str, *, cut: bool
) -> Iterator[Item]:
    """The records as rows. When the last line has no line end (`cut`) and is the only short row,
    the download was cut off there.
    """
    if not cut:
        for row, record in enumerate(found, start=1):
            yield _item(row, record, header, notes, encoding)
        return

    ragged = False
    for row, (record, last) in enumerate(_marking_last(found), start=1):
        short = 0 < len(record.cells) < len(header)
        if last and short and not ragged and row > 2 and not record.flaw:
            reason = (
                f"the file seems to be cut off here: {len(record.cells)} of {len(header)} cells and"
                " no line end"
            )
            yield BadRow(row, record.line, tuple(record.cells), reason)
            return
        ragged = ragged or short
        yield _item(row, record, header, notes, encoding)


def _marking_last(found: Iterator[Record]) -> Iterator[tuple[Record, bool]]:
    waiting = next(found, None)
    for record in found:
        if waiting is not None:
            yield waiting, False
        waiting = record
    if waiting is not None:
        yield waiting, True


def _item(row: int, record: Record, header: Cells, notes: Notes, encoding: str) -> Item:
    if record.flaw and not (record.doubtful and len(record.cells) == len(header)):
        return BadRow(
            row, record.line, tuple(cell.rstrip("\r\n") for cell in record.cells), record.flaw
        )
    if record.flaw:
        notes.count(
            "{n} row{s} near a stray quote may be split wrongly: check them",
            f"line {record.line}",
        )
    return shaped(row, record.line, record.cells, header, notes, encoding)
