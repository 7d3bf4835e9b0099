"""How long a visit to a site counts."""

from datetime import timedelta

#: A site is visited again after this time.
FRESH = timedelta(days=30)
#: A site that could not be reached or was out of order is tried again after this time.
TRY_AGAIN = timedelta(days=3)
#: Outcomes that may differ in a few days.
PASSING = ("unreachable", "timeout", "http_error", "robots_unknown", "asked_to_wait")


def is_fresh(outcome: str, age: timedelta) -> bool:
    """Whether a visit with this outcome is recent enough that the site is not due yet."""
    return age < (TRY_AGAIN if outcome in PASSING else FRESH)
