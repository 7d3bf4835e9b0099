"""Check a workbook before calamine reads it, as some files exhaust the memory or abort the process.

Measured: one cell in the last corner of an XLSX of 6 kB makes calamine request 550 GB and abort.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from leads.errors import UsageError
from leads.sheets.input_file import InputFile
from leads.sheets.rows import MAX_COLUMNS

_UNPACKED = 1 << 30
_CELLS = 25_000_000
_CHUNK = 1 << 20
#: Longer than any tag searched for: so much of one piece is repeated in the next.
OVERLAP = 256

_REFERENCE = re.compile(rb' r="([A-Z]{1,3})[0-9]')
_ROW = re.compile(rb'<(?:\w+:)?row\b[^<>]*? r="([0-9]{1,9})"')
_CELL_ROW = re.compile(rb' r="[A-Z]{1,3}([0-9]{1,9})"')
_ERROR = re.compile(rb' t="e"')
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
#: What a ZIP file is that has such a member.
_KINDS = {
    "xl/workbook.bin": "a binary workbook (.xlsb)",
    "content.xml": "an OpenDocument file",
    "word/document.xml": "a Word file",
    "ppt/presentation.xml": "a PowerPoint file",
    "index/document.iwa": "a document of Numbers or Pages",
    "index.zip": "a document of Numbers or Pages",
}
_AS_XLSX = "open it and save it as .xlsx or as CSV (UTF-8)"


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the XML of a workbook shows and calamine does not."""

    #: Cells with an error (`#N/A`) on all sheets.
    errors: int


def inspect_zip(file: InputFile) -> Inspection:
    """Check an .xlsx file; UsageError when it is damaged, too big, or another kind of file."""
    try:
        with file.open() as stream, zipfile.ZipFile(stream) as archive:
            return _inspected(archive, file.name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OverflowError, RuntimeError) as error:
        if "encrypted" in str(error):
            raise protected(file.name) from None
        raise UsageError(
            f"{file.name} is damaged or incomplete",
            "download or save it again",
        ) from None


def inspect_ole(file: InputFile) -> None:
    """Check an .xls file; UsageError when it is an encrypted .xlsx."""
    with file.open() as stream:
        if any(_ENCRYPTED in piece for piece in pieces(stream, len(_ENCRYPTED))):
            raise protected(file.name)


def protected(name: str) -> UsageError:
    """The error for a workbook that needs a password."""
    return UsageError(
        f"{name} is protected by a password",
        "open it, save a copy without the password, and read that",
    )


def _inspected(archive: zipfile.ZipFile, name: str) -> Inspection:
    members = {entry.filename.lower(): entry for entry in archive.infolist()}
    if "xl/workbook.xml" not in members:
        raise _other_kind([entry.filename for entry in archive.infolist()], name)
    unpacked = sum(entry.file_size for entry in members.values())
    if unpacked > _UNPACKED:
        raise UsageError(
            f"{name} unpacks to {unpacked >> 20:,} MiB; a workbook may have {_UNPACKED >> 20:,}",
            "save it as CSV (UTF-8)",
        )
    errors = 0
    # Every member: a sheet may have any path, and reading to the end checks length and checksum.
    for entry in members.values():
        with archive.open(entry) as member:
            errors += _scanned(pieces(member, OVERLAP), name)
    return Inspection(errors)


def is_open_document(file: InputFile) -> bool:
    """Whether a ZIP file is a spreadsheet of LibreOffice (.ods): that kind is named at its start."""
    return b"opendocument.spreadsheet" in file.head[:120]


def _other_kind(members: list[str], name: str) -> UsageError:
    """The error for a ZIP file that is no workbook."""
    lowered = {member.lower() for member in members}
    for member, what in _KINDS.items():
        if member in lowered:
            return UsageError(f"{name} is {what}, not an Excel workbook", _AS_XLSX)
    files = [member for member in members if not member.endswith("/")]
    shown = ", ".join(files[:3]) + (", …" if len(files) > 3 else "")
    return UsageError(
        f"{name} is an archive with {shown or 'no file'}, not a list",
        f"unpack it first: unzip {name}",
    )


def _scanned(sheet: Iterator[bytes], name: str) -> int:
    """The number of error cells in a sheet; UsageError when the sheet is too big for the memory."""
    columns: set[bytes] = set()
    last_row = errors = 0
    for piece in sheet:
        columns.update(_REFERENCE.findall(piece))
        rows = _ROW.findall(piece) or _CELL_ROW.findall(piece)
        last_row = max([last_row, *map(int, rows)])
        errors += len(_ERROR.findall(piece, OVERLAP - 5))
    last_column = max(map(column_number, columns), default=0)
    if last_column > MAX_COLUMNS or last_row * last_column > _CELLS:
        raise UsageError(
            f"{name} has a sheet of {last_row:,} rows by {last_column:,} columns",
            f"save the sheet as CSV (UTF-8); as a workbook it may have {MAX_COLUMNS:,} columns and"
            f" {_CELLS:,} cells",
        )
    return errors


def column_number(letters: bytes) -> int:
    """The number of a column from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def pieces(stream: IO[bytes], overlap: int) -> Iterator[bytes]:
    """The bytes in pieces; each begins with the end of the piece before."""
    before = b" " * overlap
    while chunk := stream.read(_CHUNK):
        piece = before + chunk
        yield piece
        before = piece[-overlap:]
