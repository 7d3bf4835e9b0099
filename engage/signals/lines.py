"""Read signals from lines of JSON: `{"company", "kind", "at", "id"}`, and more where it is known."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from engage.signals.table import Signal

#: Bytes of a line.
LONGEST_LINE = 65_536
#: Characters of a text.
LONGEST_TEXT = 500
#: The moment in UTC at which the user's clocks show a time.
Moment = Callable[[datetime], datetime]
_BETWEEN = re.compile(r"[\s_-]+")
_WORD = re.compile(r"[a-z][a-z0-9_]{0,59}")
#: Nothing of this field is older; a zero or a birthday would be.
_FIRST = datetime(2000, 1, 1, tzinfo=UTC)
_LAST = datetime(2200, 1, 1, tzinfo=UTC)
_LARGEST_AMOUNT = 10**12


class LineError(ValueError):
    """A line that cannot be read as a signal."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """A line that cannot be read, and why."""

    line: int
    message: str


def read_line(line: bytes, moment: Moment) -> Signal:
    """Read one line; LineError with what is wrong."""
    row = _object(line)
    amount = row.get("value")
    machine = row.get("machine")
    if machine is not None and not isinstance(machine, bool):
        raise LineError("`machine` must be true or false")
    return Signal(
        company=_needed(row, "company"),
        kind=kind_of(_needed(row, "kind")),
        at=time_of(_needed(row, "at"), moment),
        id=_needed(row, "id"),
        contact=_text(row, "contact"),
        channel=_text(row, "channel") or "unknown",
        source=_text(row, "source"),
        link=_text(row, "link"),
        agent=_text(row, "agent"),
        value_minor=None if amount is None else _amount(amount),
        machine=machine,
    )


def _object(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise LineError(f"is longer than {LONGEST_LINE:,} bytes")
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise LineError("is not UTF-8") from None
    except (ValueError, RecursionError):
        raise LineError("is no JSON") from None
    if not isinstance(row, dict):
        raise LineError('is no object such as {"company": "acme.example", …}')
    return row


def _needed(row: dict[str, Any], key: str) -> str:
    found = row.get(key)
    if isinstance(found, int) and not isinstance(found, bool) and key == "id":
        return str(found)
    text = _text(row, key)
    if not text:
        raise LineError(f"`{key}` is missing")
    return text


def _text(row: dict[str, Any], key: str) -> str:
    found = row.get(key)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise LineError(f"`{key}` must be a text")
    if len(found) > LONGEST_TEXT:
        raise LineError(f"`{key}` is longer than {LONGEST_TEXT} characters")
    if "\x00" in found or (not found.isascii() and _is_broken(found)):
        raise LineError(f"`{key}` holds characters that are no text")
    return found.strip()


def _is_broken(text: str) -> bool:
    """Whether a text has halves of characters, which JSON allows and no database keeps."""
    return any("\ud800" <= character <= "\udfff" for character in text)


def kind_of(text: str) -> str:
    """Read a kind, such as `Email Opened`; LineError when it is not one word."""
    word = _BETWEEN.sub("_", text.casefold())
    if not _WORD.fullmatch(word):
        raise LineError(f"{text[:60]!r} is no kind; write one word such as demo_requested")
    return word


def time_of(text: str, moment: Moment) -> datetime:
    """Read a time; LineError when it is none, or far from this field."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise LineError(f"{text[:40]!r} is no time; write 2026-11-20T10:00:00Z") from None
    try:
        at = found.astimezone(UTC) if found.tzinfo else moment(found).astimezone(UTC)
    except OverflowError:
        raise LineError(f"{text[:40]!r} is no time") from None
    if not _FIRST <= at < _LAST:
        raise LineError(f"{text[:40]!r} is before the year 2000 or after 2199")
    return at


def _amount(found: object) -> int:
    if isinstance(found, bool) or not isinstance(found, (int, float)) or not math.isfinite(found):
        raise LineError("`value` must be a number")
    if not 0 <= found <= _LARGEST_AMOUNT:
        raise LineError("`value` is negative or too large")
    return round(found * 100)
