"""The one place that asks the machine for the time."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment in UTC, aware, whole microseconds."""
    return datetime.now(UTC)
