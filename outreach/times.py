"""How far ahead a prospect may be put off."""

from __future__ import annotations

from datetime import datetime, timedelta

from leads.errors import UsageError

#: A later date is a slip of the keyboard.
FURTHEST = timedelta(days=5 * 366)


def check_again(at: datetime, now: datetime) -> None:
    """UsageError when a prospect cannot come back at that moment."""
    if at <= now:
        raise UsageError(f"{at:%Y-%m-%d %H:%M} UTC is in the past", "name a moment in the future")
    if at - now > FURTHEST:
        raise UsageError(
            f"{at:%Y-%m-%d} is more than five years ahead",
            "name an earlier date, or close the prospect with a disposition",
        )
