"""Times that a request names; one without a zone is in UTC."""

from __future__ import annotations

from datetime import UTC, datetime


def utc(at: datetime) -> datetime:
    """A time without a zone as one in UTC."""
    return at.replace(tzinfo=UTC)


def aware(at: datetime) -> datetime:
    """A time in UTC, whether it names a zone or not."""
    return at.astimezone(UTC) if at.tzinfo else utc(at)
