"""Read JSON Lines, or one JSON array of objects, as rows of text."""

from __future__ import annotations

import io
from collections.abc import Iterator

from leads.errors import UsageError
from leads.sheets.encodings import MARK
from leads.sheets.input_file import InputFile
from leads.sheets.json_text import Element, element, elements
from leads.sheets.rows import MAX_COLUMNS, BadRow, Cells, Item, Notes, SourceRow, Table, shaped

#: A JSON array is read into memory, up to this size.
_WHOLE = 50 << 20
_LONGEST_LINE = 1 << 24


def is_json(head: str) -> bool:
    """Whether a text begins as a JSON object or an array of objects (`[Acme],…` is a CSV)."""
    start = head.lstrip("\ufeff \t\r\n")
    return start.startswith("{") or (start.startswith("[") and start[1:].lstrip()[:1] in ("{", "]"))


def open_json(file: InputFile, encoding: str) -> Table:
    """The table in a JSON file; its columns are the keys of all objects in order of first
    appearance. UsageError when it has no object.
    """
    whole = _is_whole(file, encoding)
    header = _keys(_elements(file, encoding, whole=whole), file.name)
    if not header:
        raise UsageError(
            f"{file.name} holds no JSON object",
            'write one object on each line, such as {"name": "Acme"}',
        )

    def read(notes: Notes) -> Iterator[Item]:
        for row, found in enumerate(_elements(file, encoding, whole=whole), start=1):
            yield _item(row, found, header, notes, encoding)

    return Table(file.name, "jsonl", encoding, "", header, file.sha256, Notes(), read)


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


def _elements(file: InputFile, encoding: str, *, whole: bool) -> Iterator[Element]:
    with _text(file, encoding) as stream:
        if whole:
            yield from elements(stream.read())
            return
        for number, line in enumerate(_lines(stream, file.name), start=1):
            yield element(line, number) if line.strip() else Element(number, {})


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
