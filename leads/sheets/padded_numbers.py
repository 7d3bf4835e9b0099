"""The columns of a workbook whose numbers are shown with leading zeros (`00000` for a postcode)."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from html import unescape

from leads.sheets.input_file import InputFile
from leads.sheets.workbook_check import OVERLAP, column_number, pieces

_STYLES_MAX = 8 << 20
#: Larger numbers are no codes.
_LARGEST = 10**15
#: Longer shapes are no codes, and would make each cell as long.
_LONGEST_SHAPE = 32

# Each pattern ends at the next `<`, or starts at the start of a word: the time to search grows with
# the length of the text, not with its square.
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b[^<>]*>")
_STYLES_START = re.compile(rb"<(?:\w+:)?cellXfs\b")
_STYLES_END = re.compile(rb"</(?:\w+:)?cellXfs>")
_STYLE = re.compile(rb"<(?:\w+:)?xf\b[^<>]*>")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^<>]*)>")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^<>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]*>")
_ATTRIBUTE = re.compile(rb'(?<![\w:])([\w:]++)="([^"]*)"')
_LOCALE = re.compile(r"\[[^\[\]]*\]")
#: Zeros and separators only: `00000`, `00000-0000`, `000 00`.
_PADDED = re.compile(r"0{2,}(?:[ -]0+)*")

#: Shapes by position of the column, from 0.
Shapes = Mapping[int, tuple[str, ...]]


def padded_columns(file: InputFile, sheet: str) -> Shapes:
    """The shapes of the columns of a sheet whose numbers are shown with leading zeros.

    Empty when the workbook has no such format. Source: `xl/styles.xml` and the styles of cells,
    which calamine does not give.
    """
    with file.open() as stream, zipfile.ZipFile(stream) as archive:
        names = set(archive.namelist())
        if "xl/styles.xml" not in names:
            return {}
        padded = _padded_styles(_read(archive, "xl/styles.xml"))
        path = _path_of(archive, names, sheet) if padded else None
        if path is None:
            return {}
        with archive.open(path) as member:
            columns = _columns(pieces(member, OVERLAP))
    shapes = {place: _shapes_of(styles, padded) for place, styles in columns.items()}
    return {place: found for place, found in shapes.items() if found}


def with_zeros(number: float, shapes: tuple[str, ...]) -> str | None:
    """The number in the shortest shape that it fits; None when it fits none."""
    if not 0 <= number < _LARGEST or number != int(number):
        return None
    digits = str(int(number))
    for shape in shapes:
        places = shape.count("0")
        if len(digits) <= places:
            padded = iter(digits.zfill(places))
            return "".join(next(padded) if one == "0" else one for one in shape)
    return None


def _shapes_of(styles: Counter[int], padded: Mapping[int, str]) -> tuple[str, ...]:
    """The shapes of a column, the shortest first, if most of its numbers have one."""
    with_shape = [style for style in styles if style in padded]
    if sum(styles[style] for style in with_shape) * 2 < styles.total():
        return ()
    found = {padded[style] for style in with_shape}
    return tuple(sorted(found, key=lambda shape: shape.count("0")))


def _padded_styles(styles: bytes) -> dict[int, str]:
    """The shape of each cell style that shows leading zeros."""
    shapes = {}
    for tag in _FORMAT.findall(styles):
        about = _attributes(tag)
        shape = _plain(about.get("formatCode", ""))
        if len(shape) <= _LONGEST_SHAPE and _PADDED.fullmatch(shape):
            shapes[about.get("numFmtId")] = shape
    ids = [_attributes(tag).get("numFmtId") for tag in _STYLE.findall(_style_list(styles))]
    return {place: shapes[one] for place, one in enumerate(ids) if one in shapes}


def _style_list(styles: bytes) -> bytes:
    """The part of the styles that lists those of cells; empty when there is none."""
    start = _STYLES_START.search(styles)
    end = _STYLES_END.search(styles, start.end()) if start else None
    return styles[start.end() : end.start()] if start and end else b""


def _plain(code: str) -> str:
    """A format code without quotes, escapes and a locale in brackets."""
    bare = _LOCALE.sub("", code.split(";")[0])
    return bare.replace('"', "").replace("\\", "")


def _path_of(archive: zipfile.ZipFile, names: set[str], sheet: str) -> str | None:
    """The member that holds a sheet; None when the workbook does not say."""
    relations = "xl/_rels/workbook.xml.rels"
    if relations not in names:
        return None
    targets = {}
    for tag in _RELATION.findall(_read(archive, relations)):
        about = _attributes(tag)
        targets[about.get("Id")] = about.get("Target", "")
    for tag in _SHEET.findall(_read(archive, "xl/workbook.xml")):
        about = _attributes(tag)
        ids = [value for name, value in about.items() if name.endswith(":id")]
        if about.get("name") == sheet and ids:
            target = targets.get(ids[0], "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            return path if path in names else None
    return None


def _columns(sheet: Iterator[bytes]) -> dict[int, Counter[int]]:
    """How many numbers of each column have each style; texts, dates and errors are left out."""
    columns: dict[int, Counter[int]] = {}
    for piece in sheet:
        for tag in _CELL.findall(piece):
            about = _attributes(tag)
            letters = about.get("r", "").rstrip("0123456789")
            if letters.isascii() and letters.isupper() and about.get("t", "n") == "n":
                place = column_number(letters.encode()) - 1
                style = about.get("s", "0")
                known = int(style) if style.isascii() and style.isdigit() else 0
                columns.setdefault(place, Counter())[known] += 1
    return columns


def _attributes(tag: bytes) -> dict[str, str]:
    found = _ATTRIBUTE.findall(tag)
    return {
        name.decode("ascii", "replace"): unescape(value.decode("utf-8", "replace"))
        for name, value in found
    }


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        return member.read(_STYLES_MAX)
