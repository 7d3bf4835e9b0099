"""A day or time that is over, in words: `monday`, `yesterday 14:30`, `3 days ago`."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_STEPS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
_AGO = re.compile(r"(\d{1,4}|an?) (minute|hour|day|week)s? ago")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")


def past_in_words(text: str, now: datetime) -> datetime | None:
    """Read words as of a local time; None when they are not understood. A weekday is the latest one,
    today included.
    """
    words = " ".join(text.casefold().split())
    if found := _AGO.fullmatch(words):
        at = now - (int(found[1]) if found[1].isdigit() else 1) * _STEPS[found[2]]
        return at if found[2] in ("minute", "hour") else _midnight(at)
    day, _, clock = words.partition(" ")
    back, at_clock = _days_back(day, now), _clock(clock)
    if back is None or at_clock is None:
        return None
    return datetime.combine(now.date() - timedelta(days=back), at_clock)


def _days_back(day: str, now: datetime) -> int | None:
    if day in ("today", "yesterday"):
        return ("today", "yesterday").index(day)
    numbers = [number for number, name in enumerate(_DAYS) if day in (name, name[:3])]
    return (now.weekday() - numbers[0]) % 7 if numbers else None


def _clock(text: str) -> time | None:
    """A time of day; midnight for no text, None for any other."""
    if not text:
        return time()
    found = _CLOCK.fullmatch(text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return time(int(found[1]), int(found[2]))


def _midnight(at: datetime) -> datetime:
    return datetime.combine(at.date(), time())
