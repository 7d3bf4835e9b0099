"""Read a CSV as text, lazily: any of four delimiters, quotes, line breaks in cells, title lines,
ragged rows.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice

from intake.csv_records import Record, records, with_escapes
from intake.dialect import NONE, Dialect, sniff
from intake.encodings import MARK
from intake.files import Input
from intake.header import DEPTH, column_names, header_index, skipped_lines
from intake.rows import BadRow, Cells, Item, ListSource, Notes, shaped
from leads.errors import UsageError

_SNIFFED = 1 << 16
_LONGEST_LINE = 1 << 24


def open_csv(file: Input, encoding: str) -> ListSource:
    """The list in a CSV; UsageError when it has only blank lines."""
    with _text(file, encoding) as stream:
        sample = stream.read(_SNIFFED)
        dialect = with_escapes(sample, sniff(sample))
    rows = [record.cells for record in islice(_records(file, encoding, dialect), DEPTH * 2)]
    at = header_index(rows)
    if at is None:
        raise UsageError(
            f"{file.name} has only blank lines",
            "a list needs a line that names its columns and one line for each company",
        )
    notes = Notes()
    skipped_lines(rows[:at], notes)
    header = column_names(rows[at], rows[at + 1 :], notes, file.name)
    delimiter = "" if dialect.delimiter == NONE else dialect.delimiter

    def read(notes: Notes) -> Iterator[Item]:
        found = islice(_records(file, encoding, dialect), at + 1, None)
        return _items(found, header, notes, encoding, cut=file.cut)

    return ListSource(file.name, "csv", encoding, delimiter, header, file.sha256, notes, read)


def _text(file: Input, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(file.open(), encoding=encoding, errors=MARK, newline="")


def _records(file: Input, encoding: str, dialect: Dialect) -> Iterator[Record]:
    before = 1 if dialect.named else 0
    with _text(file, encoding) as stream:
        yield from records(islice(_lines(stream, file.name), before, None), dialect, before)


def _lines(stream: io.TextIOWrapper, name: str) -> Iterator[str]:
    """Physical lines, none longer than memory can bear."""
    while line := stream.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise UsageError(
                f"{name} has a line of more than {_LONGEST_LINE:,} characters",
                "it is no list; export it again with one company a line",
            )
        yield line


def _items(
    found: Iterator[Record], header: Cells, notes: Notes, encoding: str, *, cut: bool
) -> Iterator[Item]:
    """The records as rows; `cut`: the file's last line has no end, so that a lone short row there
    is what a broken download left.
    """
    ragged = False
    for row, (record, last) in enumerate(_marking_last(found), start=1):
        short = 0 < len(record.cells) < len(header)
        if last and cut and short and not ragged and row > 2 and not record.flaw:
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
            "{n} row{s} near a stray quote read as well as can be: check them",
            f"line {record.line}",
        )
    return shaped(row, record.line, record.cells, header, notes, encoding)
