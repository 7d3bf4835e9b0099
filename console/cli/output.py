"""Data goes to stdout, everything else to stderr; JSON when asked for."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from console.cli.hints import in_scope


def emit_json(document: Any, *, lines: bool = False) -> None:
    """Print one JSON document, or one object per line."""
    if lines:
        for one in document:
            print(as_text(one))
        return
    print(as_text(document, indent=2 if sys.stdout.isatty() else None))


def emit(text: str) -> None:
    """Print a line of data."""
    print(text)


def note(text: str) -> None:
    """Tell the user something that is not the result."""
    print(in_scope(text), file=sys.stderr)


def fail(code: str, message: str, hint: str, *, as_json: bool) -> None:
    """Print an error with the way out."""
    hint = in_scope(hint)
    if as_json:
        print(as_text({"error": {"code": code, "message": message, "hint": hint}}), file=sys.stderr)
    else:
        print(f"sluice: {message}" + (f"\n  {hint}" if hint else ""), file=sys.stderr)


def plain(value: Any, width: int | None = None) -> str:
    """A value as one line of text, with nothing in it that could steer a terminal; cut to `width`
    characters.
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, float):
        return f"{value:,.1f}"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    if isinstance(value, (list, tuple)):
        return plain(", ".join(plain(one) for one in value), width)
    text = "".join(character if character.isprintable() else " " for character in str(value))
    return text if width is None or len(text) <= width else text[: width - 1] + "…"


def counted(number: int, one: str, many: str = "") -> str:
    """`1 row`, `2,000 rows`; `many` is the plural when it is not made by an s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def as_text(document: Any, indent: int | None = None) -> str:
    """A JSON document as text."""
    return json.dumps(document, ensure_ascii=False, indent=indent, default=_jsonable)


def _jsonable(value: object) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, Iterable):
        return list(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
