"""The outcomes of HTTP statuses, for sources that state none of their own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sources.answers import Outcome

#: Any other status than 200 is `FAILED`: nobody knows what it means to the source.
USUAL: Mapping[int, Outcome] = MappingProxyType(
    {
        401: Outcome.NOT_ALLOWED,
        402: Outcome.QUOTA_USED_UP,
        403: Outcome.NOT_ALLOWED,
        407: Outcome.NOT_ALLOWED,
        429: Outcome.RATE_LIMITED,
    }
)


def usual_outcome(status: int) -> Outcome:
    """Return what a status other than 200 means as a rule; 0 is that nothing came."""
    return USUAL.get(status, Outcome.FAILED)
