"""How long a server asks to wait (the header Retry-After, RFC 9110 10.2.3)."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

#: No wait is longer than this, whatever the header says: seconds.
MOST = 30 * 86_400.0
#: More digits than any wait has.
_MOST_DIGITS = 12


def seconds_to_wait(header: str, at: datetime) -> float | None:
    """Return the seconds from `at` to the moment the header names, from 0 to 30 days; None if it
    names none.

    The header is a whole number of seconds or an HTTP date.
    """
    said = header.strip()
    if said.isascii() and said.isdigit():
        return min(float(said[:_MOST_DIGITS]), MOST)
    try:
        until = parsedate_to_datetime(said)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    try:
        left = (until - at).total_seconds()
    except OverflowError:  # A year with an offset beyond the calendar.
        return None
    return min(max(left, 0.0), MOST)
