"""The times of messages that programs send."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from leads.errors import UsageError

_SECONDS = re.compile(r"[0-9]{10}(?:\.[0-9]{1,9})?")
_MILLISECONDS = re.compile(r"[0-9]{13}")


def moment_of(text: str) -> datetime:
    """A moment in ISO form with its zone, or in seconds or milliseconds since 1970."""
    try:
        if _SECONDS.fullmatch(text):
            return datetime.fromtimestamp(float(text), UTC)
        if _MILLISECONDS.fullmatch(text):
            return datetime.fromtimestamp(int(text) / 1000, UTC)
        found = datetime.fromisoformat(text)
        if found.tzinfo is not None:
            return found.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise UsageError(
        "the time of the message is not understood, or has no zone",
        "such as 2026-05-03T09:30:00+02:00, or seconds since 1970",
    )
