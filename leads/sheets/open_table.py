"""Open a CSV, XLSX or JSON file, or stdin, as a table of text."""

from __future__ import annotations

import re

from leads.errors import UsageError
from leads.sheets.csv_reader import open_csv
from leads.sheets.encodings import encoding_of, valid_encoding, valid_name, wide_encoding
from leads.sheets.header import NamesColumn
from leads.sheets.input_file import InputFile, open_input
from leads.sheets.jsonl_reader import is_json, open_json
from leads.sheets.messages import is_message
from leads.sheets.rows import Table
from leads.sheets.xlsx_reader import open_xlsx

_WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
#: Other kinds of files by their first bytes, and what to do with them.
_OTHERS = {
    b"\x1f\x8b": ("compressed (gzip)", "unpack it first: gunzip"),
    b"BZh": ("compressed (bzip2)", "unpack it first: bunzip2"),
    b"\xfd7zXZ": ("compressed (xz)", "unpack it first: unxz"),
    b"7z\xbc\xaf": ("a 7-Zip archive", "unpack it first"),
    b"\x28\xb5\x2f\xfd": ("compressed (zstd)", "unpack it first: unzstd"),
    b"\x04\x22\x4d\x18": ("compressed (lz4)", "unpack it first: unlz4"),
    b"%PDF": ("a PDF", "ask for the list as CSV or XLSX"),
    b"Rar!\x1a\x07": ("a RAR archive", "unpack it first"),
    b"PAR1": ("a Parquet file", "write it as CSV"),
    b"SQLite format 3": ("an SQLite database", "export the table as CSV"),
}
_MARKUP = ("<!doctype html", "<html", "<table", "<?xml", "<head")
#: Other kinds of texts by patterns of their beginnings in lower case.
_TEXTS = {
    "begin:vcard": ("a vCard file", "save the contacts as CSV, with a line that names the columns"),
    "begin:vcalendar": ("a calendar", "ask for the list as CSV or XLSX"),
    r"\{\\rtf": ("an RTF document", "copy its table into a spreadsheet and save it as CSV (UTF-8)"),
    r"\\documentclass": ("a TeX document", "ask for the list as CSV or XLSX"),
    "-- (?:mysql|mariadb|postgresql) (?:database )?dump": (
        "a database dump",
        "export the table as CSV",
    ),
    r"create table\s+(?:if not exists\s+)?\S+\s*\(|(?:drop|alter) table\s[^\n]*;\s*(?:\n|$)|"
    r"insert into\s+\S+\s*(?:\(|values\b|select\b)|begin transaction\s*;|pragma \w+\s*[=(;]": (
        "SQL",
        "export the table as CSV",
    ),
    r"(?:version: 1\s+)?dn: \w+=": ("an LDIF file", "export the entries as CSV"),
    r"(?:---\s*\n\s*(?:-\s+)?|-\s+)[\w\"' ]+:(?:\s|$)": (
        "a YAML file",
        "write it as JSON: yq -o json FILE > list.json",
    ),
    "%!ps": ("a PostScript file", "ask for the list as CSV or XLSX"),
}
#: A column's name may be written `<Company>`: a tag stands alone in its cell.
_TAG = re.compile(r"<[a-z][\w:.-]*(?:\s[^<>]*)?/?>(?!\s*[;,|]|\t)")
#: `var list = [{…}]` and `callback({…})`.
_SCRIPT = re.compile(r"(?:(?:var|let|const|window\.)[\w.$ ]*=|export default|[\w.$]+\()\s*[\[{]")
_AS_CSV = "open it in a spreadsheet and save it as CSV (UTF-8) or .xlsx"


def open_table(
    path: str,
    names_column: NamesColumn,
    *,
    encoding: str | None = None,
    sheet: str | None = None,
    if_needed: bool = False,
) -> Table:
    """The table in a file, or on stdin for `-`; the content decides the format.

    `names_column` recognises the header. With `if_needed`, `encoding` counts only for a file that
    is not valid UTF-8. NotFoundError or UsageError when the file is missing,
    empty, damaged, protected by a password, or of another kind.
    """
    file = open_input(path)
    if file.head.startswith(_WORKBOOKS):
        return open_xlsx(file, sheet, names_column)
    if sheet is not None:
        raise UsageError(
            f"{path} is not an Excel workbook, so it has no sheet {sheet!r}", "leave --sheet out"
        )
    for magic, (what, hint) in _OTHERS.items():
        if file.head.startswith(magic):
            raise UsageError(f"{path} is {what}, not a list", hint)
    if file.head[257:262] == b"ustar":
        raise UsageError(f"{path} is a tar archive, not a list", "unpack it first: tar -xf")
    if not encoding and _is_binary(file.head):
        raise UsageError(f"{path} is a binary file, not a list", _AS_CSV)
    if encoding and if_needed and (valid := valid_encoding(file, encoding)):
        table = _open_text(file, valid, names_column)
        table.opening.add(f"it is valid {valid_name(valid)}, so --encoding {encoding} was not used")
        return table
    return _open_text(file, encoding_of(file, encoding), names_column)


def _is_binary(head: bytes) -> bool:
    """Whether the bytes have too many control characters or NULs to be text; a few may occur."""
    if wide_encoding(head):
        return False
    controls = sum(head.count(byte) for byte in (*range(1, 9), *range(14, 27), *range(28, 32)))
    return controls > max(8, len(head) // 50) or head.count(0) > len(head) // 10


def _is_markup(start: str) -> bool:
    """Whether a text in lower case begins with markup that it also closes."""
    if start.startswith(_MARKUP):
        return True
    tag = _TAG.match(start)
    return tag is not None and ("</" in start or "/>" in start)


def _open_text(file: InputFile, encoding: str, names_column: NamesColumn) -> Table:
    head = file.head.decode(encoding, "replace")
    start = head.lstrip("\ufeff \t\r\n").lower()
    if _is_markup(start):
        raise UsageError(f"{file.name} is a web page or XML, whatever its name ends with", _AS_CSV)
    if is_message(start):
        raise UsageError(
            f"{file.name} is an e-mail message, not a list", "save the list that is attached to it"
        )
    for beginning, (what, hint) in _TEXTS.items():
        if re.match(beginning, start):
            raise UsageError(f"{file.name} is {what}, not a list", hint)
    if _SCRIPT.match(head.lstrip("\ufeff \t\r\n")):
        raise UsageError(
            f"{file.name} is JavaScript around JSON, not a list",
            "keep what is between the first [ or { and the end of it, and save that as .json",
        )
    if is_json(head):
        return open_json(file, encoding)
    return open_csv(file, encoding, names_column)
