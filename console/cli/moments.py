"""Dates and times that a user types."""

from __future__ import annotations

from datetime import datetime

from leads.clock import now
from leads.errors import UsageError


def future_moment(text: str | None) -> datetime | None:
    """Parse a moment in the future; UsageError for anything else."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"{text!r} is not a date or time", "write 2027-01-31 or 2027-01-31T09:00"
        ) from None

    found = found.astimezone() if found.tzinfo is None else found
    if found <= now():
        raise UsageError(f"{text} is in the past", "name a moment in the future")
    return found
