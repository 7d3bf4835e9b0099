"""How long tokens, links and secrets last, as users state it."""

from __future__ import annotations

from datetime import timedelta

from leads.durations import duration
from leads.errors import UsageError

_YEAR = timedelta(days=366)


def stated_duration(text: str, example: str = "such as 30d") -> timedelta:
    """Read a length of time that a user stated; UsageError when it is none."""
    try:
        return duration(text)
    except ValueError as error:
        raise UsageError(f"{text[:60]!r} {error}", example) from None


def lifetime(text: str, thing: str) -> timedelta:
    """Read how long a thing, such as `a token`, lasts: at most a year."""
    found = stated_duration(text)
    if found > _YEAR:
        raise UsageError(f"{thing} lasts at most a year, not {text}", "such as 90d")
    return found
