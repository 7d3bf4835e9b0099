"""Decode JSON objects into cells of text: numbers as written, nested values as compact JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_HALF = re.compile("[\ud800-\udfff]")
#: The deepest nesting that is read.
_DEPTH = 50


class _Bare(str):
    """A number or constant as written; it is shown without quotes."""

    __slots__ = ()


class Pairs(list[tuple[str, object]]):
    """The members of an object, including repeated keys."""

    __slots__ = ()


_DECODER = json.JSONDecoder(
    object_pairs_hook=Pairs, parse_int=_Bare, parse_float=_Bare, parse_constant=_Bare
)


@dataclass(frozen=True, slots=True)
class Element:
    """One JSON value: the object's cells by key, or why it is not an object."""

    line: int
    cells: dict[str, str]
    flaw: str | None = None
    #: Keys that occur twice; the last value counts.
    repeated: tuple[str, ...] = ()
    #: The text, when it has a flaw.
    text: str = ""


def element(text: str, line: int) -> Element:
    """The object in one line of text."""
    try:
        value, end = _DECODER.raw_decode(text.strip())
        if end != len(text.strip()):
            return _flawed(line, text, "more than one value on the line")
        return _element(value, text, line)
    except json.JSONDecodeError as error:
        return _flawed(line, text, f"not JSON: {error.msg} at character {error.pos + 1}")
    except RecursionError:
        return _flawed(line, text, "nested too deeply")


def whole_value(text: str) -> object | None:
    """The one JSON value that a text holds; None when it holds several or is damaged."""
    try:
        start = text.lstrip("\ufeff \t\r\n")
        value, end = _DECODER.raw_decode(start)
    except (json.JSONDecodeError, RecursionError):
        return None
    return value if not start[end:].strip() else None


def rows_of(values: Sequence[object]) -> Iterator[Element]:
    """The elements of decoded rows; arrays are read below the first, which names the columns."""
    header: list[str] | None = None
    for number, value in enumerate(values, start=1):
        text = _compact(value, 0)[:10_000]
        if isinstance(value, list) and not isinstance(value, Pairs):
            if header is None:
                header = [_shown(name).strip() or f"column {n}" for n, name in enumerate(value, 1)]
            elif len(value) > len(header):
                flaw = f"{len(value)} cells, but {len(header)} columns"
                yield _flawed(number, text, flaw)
            else:
                cells = dict.fromkeys(header, "") | dict(
                    zip(header, map(_shown, value), strict=False)
                )
                yield Element(number, cells)
        else:
            yield _element(value, text, number)


def elements(text: str) -> Iterator[Element]:
    """The objects of an array, or objects that follow each other; damaged text gives one last
    element with a flaw.
    """
    place, line = _past(text, 0, "[" if text.lstrip().startswith("[") else ""), 1
    counted = 0
    while place < len(text) and text[place] != "]":
        line += text.count("\n", counted, place)
        counted = place
        try:
            value, end = _DECODER.raw_decode(text, place)
            yield _element(value, text[place:end], line)
        except (json.JSONDecodeError, RecursionError):
            yield _flawed(line, text[place:], "the JSON is damaged or cut off here")
            return
        place = _past(text, end, ",")


def _past(text: str, place: int, mark: str) -> int:
    """The position after white space and at most one `mark`."""
    seen = False
    while place < len(text) and (text[place].isspace() or (text[place] == mark and not seen)):
        seen = seen or text[place] == mark
        place += 1
    return place


def _element(value: object, text: str, line: int) -> Element:
    if not isinstance(value, Pairs):
        return _flawed(line, text, "not a JSON object")
    # Half a character in a key can be stored nowhere; the same in a value rejects the row.
    names = [_HALF.sub("\ufffd", key) for key, _ in value]
    cells = {name: _shown(member) for name, (_, member) in zip(names, value, strict=True)}
    repeated = (
        tuple(dict.fromkeys(key for key in names if names.count(key) > 1))
        if len(cells) < len(names)
        else ()
    )
    return Element(line, cells, None, repeated)


def _flawed(line: int, text: str, flaw: str) -> Element:
    return Element(line, {}, flaw, (), _HALF.sub("\ufffd", text.strip()[:10_000]))


def _shown(value: object) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, str) else _compact(value, 0)


def _compact(value: object, depth: int) -> str:
    if depth > _DEPTH:
        raise RecursionError
    if isinstance(value, Pairs):
        return (
            "{"
            + ",".join(f"{_quoted(key)}:{_compact(member, depth + 1)}" for key, member in value)
            + "}"
        )
    if isinstance(value, list):
        return "[" + ",".join(_compact(member, depth + 1) for member in value) + "]"
    if isinstance(value, _Bare):
        return str(value)
    return _quoted(value)


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
