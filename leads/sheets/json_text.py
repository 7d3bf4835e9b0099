"""Read JSON values as elements: the cells of an object by key, or why it cannot be read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from leads.sheets.json_members import flat_members
from leads.sheets.json_values import DECODER, Pairs, compact, is_array, shown, values_of
from leads.sheets.rows import too_many_cells

_UNSTORED = re.compile("[\x00\ud800-\udfff]")
_HALF = re.compile("[\ud800-\udfff]")
_LONGEST = 10_000
_ACTIONS = ("index", "create", "update", "delete")

#: Takes the object that names the company out of those around it.
Shape = Callable[[object], object]


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


def as_it_is(value: object) -> object:
    """The shape of values that nothing is around."""
    return value


def element(text: str, line: int, shape: Shape = as_it_is) -> Element:
    """The object in one line of text."""
    try:
        value, end = DECODER.raw_decode(text.strip())
        if end != len(text.strip()):
            return _flawed(line, text, "more than one value on the line")
        return Element(line, {}) if _is_action(value) else _element(shape(value), text, line)
    except json.JSONDecodeError as error:
        return _flawed(line, text, f"not JSON: {error.msg} at character {error.pos + 1}")
    except RecursionError:
        return _flawed(line, text, "nested too deeply")


def rows_of(values: Sequence[object]) -> Iterator[Element]:
    """The elements of decoded rows; arrays are read below the first, which names the columns."""
    header: list[str] | None = None
    for number, value in enumerate(values, start=1):
        text = compact(value)[:_LONGEST]
        if isinstance(value, list) and is_array(value):
            if header is None:
                header = [shown(name).strip() or f"column {n}" for n, name in enumerate(value, 1)]
            elif len(value) > len(header):
                yield _flawed(number, text, too_many_cells(len(value), len(header)))
            else:
                cells = dict.fromkeys(header, "") | dict(
                    zip(header, map(shown, value), strict=False)
                )
                yield Element(number, cells)
        else:
            yield _element(value, text, number)


def elements(text: str, shape: Shape = as_it_is) -> Iterator[Element]:
    """The objects of an array, or objects that follow each other; damaged text gives one last
    element with a flaw.
    """
    line, counted, read = 1, 0, 0
    try:
        for value, place, end in values_of(text):
            line += text.count("\n", counted, place)
            counted = place
            yield _element(shape(value), text[place:end], line)
            read = end
    except (json.JSONDecodeError, RecursionError):
        rest = text[read:].lstrip(", \t\r\n") if read else text
        line += text.count("\n", counted, len(text) - len(rest))
        yield _flawed(line, rest, "the JSON is damaged or cut off here")


def _is_action(value: object) -> bool:
    """Whether a line only says what a search engine does with the next one."""
    inside = value[0][1] if isinstance(value, Pairs) and len(value) == 1 else None
    if not isinstance(inside, Pairs) or not isinstance(value, Pairs):
        return False
    return value[0][0] in _ACTIONS and all(key.startswith("_") for key, _ in inside)


def _element(value: object, text: str, line: int) -> Element:
    if not isinstance(value, Pairs):
        return _flawed(line, text, "not a JSON object")
    members = list(flat_members(value))
    # NUL and half a character in a key can be stored nowhere; the same in a value rejects the row.
    names = [_UNSTORED.sub("\ufffd", key) for key, _ in members]
    cells = {name: shown(member) for name, (_, member) in zip(names, members, strict=True)}
    repeated = (
        tuple(dict.fromkeys(key for key in names if names.count(key) > 1))
        if len(cells) < len(names)
        else ()
    )
    return Element(line, cells, None, repeated)


def _flawed(line: int, text: str, flaw: str) -> Element:
    return Element(line, {}, flaw, (), _HALF.sub("\ufffd", text.strip()[:_LONGEST]))
