"""Times in cells of other tools' files: a date that could be two days is refused, never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

Order = Literal["day-first", "month-first"]

_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_NUMBERS = re.compile(
    r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[ ,T]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]m)?)?",
    re.IGNORECASE,
)
_UTC = re.compile(r"\s*(?:UTC|GMT)$", re.IGNORECASE)
_WORDED = (
    *("%b %d, %Y %I:%M %p", "%b %d, %Y, %I:%M %p", "%b %d, %Y %H:%M", "%b %d, %Y"),
    *("%B %d, %Y", "%d %b %Y", "%d %B %Y", "%d %b %Y %H:%M"),
)
#: What to do about a date that could be two days.
SAY_ORDER = "add --dates day-first|month-first"
#: Nothing of this field is older; a zero or a birthday would be.
_FIRST = datetime(2000, 1, 1, tzinfo=UTC)
#: Clocks of other machines may be ahead.
_AHEAD = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clock:
    """How the times of a file are read."""

    now: datetime
    #: The moment in UTC at which the user's clocks show a time.
    moment: Callable[[datetime], datetime]
    #: None: a date such as 11/10/2026 is refused.
    order: Order | None = None


def read_time(text: str, clock: Clock) -> datetime:
    """Read a moment; ValueError with the reason when it is none, or could be two."""
    text = text.strip()
    try:
        found = _read(text, clock)
        at = found.astimezone(UTC) if found.tzinfo else clock.moment(found).astimezone(UTC)
    except OverflowError:
        raise ValueError(f"{text[:40]!r} is no time") from None
    if at < _FIRST:
        raise ValueError(f"{text[:40]!r} is before the year 2000")
    if at > clock.now + _AHEAD:
        raise ValueError(f"{text[:40]!r} is in the future")
    return at


def _read(text: str, clock: Clock) -> datetime:
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    if found := _NUMBERS.fullmatch(text):
        return _of_numbers(found, clock.order)
    bare, in_utc = _UTC.subn("", text)
    try:
        read = datetime.fromisoformat(bare)
    except ValueError:
        read = _worded(bare)
    return read.replace(tzinfo=UTC) if in_utc and read.tzinfo is None else read


def _worded(text: str) -> datetime:
    for form in _WORDED:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 - the zone is added by the caller
        except ValueError:
            continue
    raise ValueError(f"{text[:40]!r} is no time" if text else "it has no time")


def _of_numbers(found: re.Match[str], order: Order | None) -> datetime:
    first, sign, second = int(found[1]), found[2], int(found[3])
    # Only dates with dots have the day in front everywhere.
    day_first = sign == "." or first > 12 or first == second or order == "day-first"
    if not day_first and second <= 12 and order is None:
        raise ValueError(f"{found[0][:40]!r} could be two days: {SAY_ORDER}")
    day, month = (first, second) if day_first else (second, first)
    try:
        return datetime(int(found[4]), month, day, *_time_of_day(found))  # noqa: DTZ001 - as above
    except ValueError:
        raise ValueError(f"{found[0][:40]!r} is no date") from None


def _time_of_day(found: re.Match[str]) -> tuple[int, int, int]:
    hour, minute, seconds = (int(found[place] or 0) for place in (5, 6, 7))
    if found[8]:
        hour = hour % 12 + (12 if found[8].lower() == "pm" else 0)
    return hour, minute, seconds
