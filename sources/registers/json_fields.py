"""Read fields of JSON of any shape: what is missing, or of another type, is empty."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

_LONGEST = 300
_MOST = 10**15
_DIGITS = re.compile(r"[+-]?[0-9]{1,15}", re.ASCII)
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T.*)?", re.ASCII | re.DOTALL)

_NONE: Mapping[str, Any] = {}


def part(value: Any, *path: str) -> Any:
    """What stands at the end of a path of keys; None if there is nothing."""
    for key in path:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def record(value: Any, *path: str) -> Mapping[str, Any]:
    """The object at the end of a path; empty if there is none."""
    found = part(value, *path)
    return found if isinstance(found, dict) else _NONE


def records(value: Any, *path: str) -> list[Mapping[str, Any]]:
    """The objects of the list at the end of a path; empty if there is none."""
    found = part(value, *path)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def texts(value: Any, *path: str) -> list[str]:
    """The texts of the list at the end of a path; empty if there is none."""
    found = part(value, *path)
    return [said for one in found if (said := text(one))] if isinstance(found, list) else []


def text(value: Any, *path: str) -> str:
    """The text at the end of a path, its spaces single; empty if there is none, or a long one."""
    found = part(value, *path)
    if not isinstance(found, str) or len(found) > _LONGEST:
        return ""
    plain = "".join(char if char.isprintable() else " " for char in found)
    return " ".join(plain.split())


def whole(value: Any, *path: str) -> int | None:
    """The whole number at the end of a path, also one written as text; None if there is none."""
    found = part(value, *path)
    if isinstance(found, str) and _DIGITS.fullmatch(found.strip()):
        found = int(found)
    if isinstance(found, float) and found.is_integer():
        found = int(found)
    if not isinstance(found, int) or isinstance(found, bool) or abs(found) > _MOST:
        return None
    return found


def number(value: Any, *path: str) -> float | None:
    """The finite number at the end of a path; None if there is none, or one beyond all sense."""
    found = part(value, *path)
    if not isinstance(found, (int, float)) or isinstance(found, bool):
        return None
    # Not infinite, and no NaN: neither is smaller than anything.
    return found if abs(found) <= _MOST else None


def day(value: Any, *path: str) -> date | None:
    """The date at the end of a path: `2024-12-31`, also with a time; None if there is none."""
    found = part(value, *path)
    written = _DAY.fullmatch(found[:40]) if isinstance(found, str) else None
    if written is None:
        return None
    try:
        return date(int(written[1]), int(written[2]), int(written[3]))
    except ValueError:
        return None
