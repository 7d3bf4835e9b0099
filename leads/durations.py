"""Lengths of time as people write them: `14 days`, `4 hours`, `14d`."""

from __future__ import annotations

import re
from datetime import timedelta

_FORM = re.compile(r"(\d{1,4}) ?(min|h|d|w|(?:minute|hour|day|week|month|year)s?)")
_UNITS = {
    "min": timedelta(minutes=1),
    "minute": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "hour": timedelta(hours=1),
    "d": timedelta(days=1),
    "day": timedelta(days=1),
    "w": timedelta(weeks=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
    "year": timedelta(days=365),
}
LONGEST = timedelta(days=5 * 365)


def duration(text: str) -> timedelta:
    """Read a length of time; a month has 30 days. ValueError when it is none, 0 or over 5 years."""
    found = _FORM.fullmatch(text)
    length = int(found[1]) * _UNITS[found[2].removesuffix("s")] if found else timedelta(0)
    if not timedelta(0) < length <= LONGEST:
        raise ValueError(
            "must be a time such as 30 minutes, 4 hours, 180d, 2 weeks; at most 5 years"
        )
    return length


def known_duration(text: str) -> str:
    """Return a text that is a length of time; ValueError otherwise."""
    duration(text)
    return text
