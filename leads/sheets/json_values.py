"""Decode JSON without loss: numbers as written, repeated keys kept; and write values as text."""

from __future__ import annotations

import json
from collections.abc import Iterator

#: The deepest nesting that is read.
_DEPTH = 50


class Bare(str):
    """A number or constant as written; it is shown without quotes."""

    __slots__ = ()


class Pairs(list[tuple[str, object]]):
    """The members of an object, including repeated keys."""

    __slots__ = ()


DECODER = json.JSONDecoder(
    object_pairs_hook=Pairs, parse_int=Bare, parse_float=Bare, parse_constant=Bare
)


def is_array(value: object) -> bool:
    """Whether a decoded value is an array."""
    return isinstance(value, list) and not isinstance(value, Pairs)


def whole_value(text: str) -> object | None:
    """The one JSON value that a text holds; None when it holds several or is damaged."""
    try:
        start = text.lstrip("\ufeff \t\r\n")
        value, end = DECODER.raw_decode(start)
    except (json.JSONDecodeError, RecursionError):
        return None
    return value if not start[end:].strip() else None


def values_of(text: str) -> Iterator[tuple[object, int, int]]:
    """The values of an array, or values that follow each other, each with its start and end.

    JSONDecodeError or RecursionError where the text is damaged.
    """
    place = _past(text, 0, "[" if text.lstrip().startswith("[") else "")
    while place < len(text) and text[place] != "]":
        value, end = DECODER.raw_decode(text, place)
        yield value, place, end
        place = _past(text, end, ",")


def _past(text: str, place: int, mark: str) -> int:
    """The position after white space and at most one `mark`."""
    seen = False
    while place < len(text) and (text[place].isspace() or (text[place] == mark and not seen)):
        seen = seen or text[place] == mark
        place += 1
    return place


def shown(value: object) -> str:
    """The text of a value: a text itself, other values as compact JSON."""
    if value is None:
        return ""
    return str(value) if isinstance(value, str) else compact(value)


def compact(value: object, depth: int = 0) -> str:
    """A value as compact JSON; RecursionError when it is nested too deeply."""
    if depth > _DEPTH:
        raise RecursionError
    if isinstance(value, Pairs):
        return (
            "{"
            + ",".join(f"{_quoted(key)}:{compact(member, depth + 1)}" for key, member in value)
            + "}"
        )
    if isinstance(value, list):
        return "[" + ",".join(compact(member, depth + 1) for member in value) + "]"
    if isinstance(value, Bare):
        return str(value)
    return _quoted(value)


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
