"""Read JSON Lines, or one JSON array of objects, as rows of text."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from leads.errors import UsageError
from leads.sheets.encodings import MARK
from leads.sheets.input_file import InputFile
from leads.sheets.json_names import common_path, path_inside, unwrapping
from leads.sheets.json_shapes import JsonRows, is_flat, json_rows, keyed_page, named_lists
from leads.sheets.json_text import Element, Shape, element, elements, rows_of
from leads.sheets.json_values import Pairs, is_array, values_of, whole_value
from leads.sheets.rows import MAX_COLUMNS, BadRow, Cells, Item, Notes, SourceRow, Table, shaped

#: A JSON array is read into memory, up to this size.
_WHOLE = 50 << 20
_LONGEST_LINE = 1 << 24
#: By so many values the path to the company inside each is found.
_SAMPLE = 200


def is_json(head: str) -> bool:
    """Whether a text begins as a JSON object or an array (`[Acme],…` is a CSV)."""
    start = head.lstrip("\ufeff \t\r\n")
    inside = start[1:].lstrip()[:1]
    return start.startswith("{") or (start.startswith("[") and inside in ("{", "]", "[", '"'))


def open_json(file: InputFile, encoding: str) -> Table:
    """The table in a JSON file; its columns are the keys of all objects in order of first
    appearance. UsageError when it has no object.
    """
    rows = _rows_inside(file, encoding)
    whole = rows is None and _is_whole(file, encoding)
    path = () if rows else _path_inside(file, encoding, whole=whole)
    shape = unwrapping(path)

    def found() -> Iterator[Element]:
        return rows_of(rows.values) if rows else _elements(file, encoding, shape, whole=whole)

    header = _keys(found(), file.name)
    if not header:
        flaw = next((f": line {each.line} is {each.flaw}" for each in found() if each.flaw), "")
        raise UsageError(
            f"{file.name} holds no JSON object{flaw}",
            'write one object on each line, such as {"name": "Acme"}',
        )
    notes = Notes()
    if rows and rows.path:
        many = "entry" if len(rows.values) == 1 else "entries"
        notes.add(f"the {len(rows.values):,} {many} of `{rows.path}` read, nothing around it")
    if path:
        notes.add(f"each company was read from `{'.'.join(path)}`")

    def read(notes: Notes) -> Iterator[Item]:
        for row, each in enumerate(found(), start=1):
            yield _item(row, each, header, notes, encoding)

    return Table(file.name, "jsonl", encoding, "", header, file.sha256, notes, read)


def _rows_inside(file: InputFile, encoding: str) -> JsonRows | None:
    """The rows of a file that is one JSON value, or whose lines are arrays or wrap lists; None for
    JSON Lines and for a flat array of objects, which are read one by one.
    """
    if file.size > _WHOLE:
        return None
    first = _first_values(file, encoding, 2)
    if len(first) == 2 and None not in first:
        return _rows_of_lines(file, encoding, first[0])
    with _text(file, encoding) as stream:
        value = whole_value(stream.read())
    return None if value is None or is_flat(value) else json_rows(value, file.name)


def _rows_of_lines(file: InputFile, encoding: str, first: object) -> JsonRows | None:
    """The rows of lines that are arrays below the column names, or objects around a list each."""
    wraps = isinstance(first, Pairs) and path_inside(first) is None
    inside = named_lists(first) if wraps and isinstance(first, Pairs) else {}
    path = next(iter(inside)) if len(inside) == 1 else ""
    if not path and not is_array(first):
        return None
    with _text(file, encoding) as stream:
        values = [(whole_value(line), line) for line in _lines(stream, file.name) if line.strip()]
    rows = [
        row
        for value, line in values
        for row in _rows_of_line(line if value is None else value, path)
    ]
    return JsonRows(list(map(unwrapping(common_path(rows)), rows)), path)


def _rows_of_line(value: object, path: str) -> list[object]:
    """The rows of the list at a path inside a line's object, or the line's own value."""
    if not path or not isinstance(value, Pairs):
        return [value]
    found = named_lists(value).get(path)
    return (keyed_page(value, path) or []) if found is None else found


def _path_inside(file: InputFile, encoding: str, *, whole: bool) -> tuple[str, ...]:
    """The keys that lead to the company in each value; empty when nothing is around it."""
    if not whole:
        return common_path(_first_values(file, encoding, _SAMPLE))
    with _text(file, encoding) as stream:
        text = stream.read()
    found: list[object] = []
    with suppress(json.JSONDecodeError, RecursionError):
        found += (value for value, _, _ in islice(values_of(text), _SAMPLE))
    return common_path(found)


def _first_values(file: InputFile, encoding: str, count: int) -> list[object]:
    """The values of the first lines with text; None for a line that is no value of its own."""
    with _text(file, encoding) as stream:
        lines = (line for line in _lines(stream, file.name) if line.strip())
        return [whole_value(line) for line in islice(lines, count)]


def _is_whole(file: InputFile, encoding: str) -> bool:
    """Whether the file is an array, or objects over several lines, and cannot be read by line."""
    with _text(file, encoding) as stream:
        first = next((line for line in _lines(stream, file.name) if line.strip()), "")
        if not element(first, 1).flaw:
            return False
        stream.seek(0)
        if first.lstrip().startswith("["):
            _check_size(file)
            return True
        return file.size <= _WHOLE and not next(elements(stream.read())).flaw


def _check_size(file: InputFile) -> None:
    if file.size > _WHOLE:
        raise UsageError(
            f"{file.name} is one JSON array of {file.size >> 20:,} MiB; at most {_WHOLE >> 20} MiB"
            " can be read",
            f"write it as JSON Lines: jq -c '.[]' {file.name}",
        )


def _elements(file: InputFile, encoding: str, shape: Shape, *, whole: bool) -> Iterator[Element]:
    with _text(file, encoding) as stream:
        if whole:
            yield from elements(stream.read(), shape)
            return
        for number, line in enumerate(_lines(stream, file.name), start=1):
            yield element(line, number, shape) if line.strip() else Element(number, {})


def _text(file: InputFile, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(file.open(), encoding=encoding, errors=MARK)


def _lines(stream: io.TextIOWrapper, name: str) -> Iterator[str]:
    while line := stream.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE and not line.startswith("["):
            raise UsageError(
                f"{name} has a line of more than {_LONGEST_LINE:,} characters",
                "write one object on each line",
            )
        yield line


def _keys(found: Iterator[Element], name: str) -> Cells:
    keys: dict[str, None] = {}
    for each in found:
        if not keys.keys() >= each.cells.keys():
            keys.update(dict.fromkeys(each.cells))
            if len(keys) > MAX_COLUMNS:
                raise UsageError(
                    f"{name} has more than {MAX_COLUMNS:,} different keys",
                    "give every object the same keys",
                )
    return tuple(keys)


def _item(row: int, found: Element, header: Cells, notes: Notes, encoding: str) -> Item:
    if found.flaw:
        return BadRow(row, found.line, (found.text,), found.flaw)
    for key in found.repeated:
        notes.count(
            "{n} object{s} with a key twice: the last value counts", f"line {found.line}, {key!r}"
        )
    item = shaped(
        row, found.line, [found.cells.get(key, "") for key in header], header, notes, encoding
    )
    # JSON has no header row to repeat, so an object whose values equal its keys is data.
    return (
        SourceRow(row, found.line, item.cells)
        if isinstance(item, BadRow) and item.cells == header
        else item
    )
