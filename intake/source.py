"""Open a raw list of any kind and read its rows as text."""

from __future__ import annotations

from intake.csv_source import open_csv
from intake.encodings import encoding_of, wide_encoding
from intake.files import Input, open_input
from intake.jsonl_source import is_json, open_json
from intake.rows import BadRow, Cells, ListSource, SourceRow
from intake.xlsx_source import open_xlsx
from leads.errors import UsageError

__all__ = ["BadRow", "Cells", "ListSource", "SourceRow", "open_list"]

_WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
#: What people take for a list, by how it begins, and what to do instead.
_OTHERS = {
    b"\x1f\x8b": ("compressed (gzip)", "unpack it first: gunzip"),
    b"BZh": ("compressed (bzip2)", "unpack it first: bunzip2"),
    b"\xfd7zXZ": ("compressed (xz)", "unpack it first: unxz"),
    b"7z\xbc\xaf": ("a 7-Zip archive", "unpack it first"),
    b"\x28\xb5\x2f\xfd": ("compressed (zstd)", "unpack it first: unzstd"),
    b"%PDF": ("a PDF", "ask for the list as CSV or XLSX"),
    b"PAR1": ("a Parquet file", "write it as CSV"),
    b"SQLite format 3": ("an SQLite database", "export the table as CSV"),
}
_MARKUP = ("<!doctype html", "<html", "<table", "<?xml", "<head")
_AS_CSV = "open it in a spreadsheet and save it as CSV (UTF-8) or .xlsx"


def open_list(path: str, *, encoding: str | None = None, sheet: str | None = None) -> ListSource:
    """The list in a file, or on stdin for `-`; its kind is told by its content.

    NotFoundError or UsageError, with the way out, when it is missing, empty, damaged, protected, or
    no list.
    """
    file = open_input(path)
    if file.head.startswith(_WORKBOOKS):
        return open_xlsx(file, sheet)
    if sheet is not None:
        raise UsageError(
            f"{path} is not an Excel workbook, so it has no sheet {sheet!r}", "leave --sheet out"
        )
    for magic, (what, hint) in _OTHERS.items():
        if file.head.startswith(magic):
            raise UsageError(f"{path} is {what}, not a list", hint)
    if not encoding and _is_binary(file.head):
        raise UsageError(f"{path} is a binary file, not a list", _AS_CSV)
    return _text_list(file, encoding_of(file, encoding))


def _is_binary(head: bytes) -> bool:
    """Full of control characters, or of NULs that are no UTF-16; a few of them may stray into a
    list.
    """
    if wide_encoding(head):
        return False
    controls = sum(head.count(byte) for byte in (*range(1, 9), *range(14, 27), *range(28, 32)))
    return controls > max(8, len(head) // 50) or head.count(0) > len(head) // 10


def _text_list(file: Input, encoding: str) -> ListSource:
    head = file.head.decode(encoding, "replace")
    start = head.lstrip("\ufeff \t\r\n").lower()
    if start.startswith(_MARKUP):
        raise UsageError(f"{file.name} is a web page or XML, whatever its name ends with", _AS_CSV)
    return open_json(file, encoding) if is_json(head) else open_csv(file, encoding)
