"""How long a source wants to be left alone, as its headers and answers write it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from sources.exchange import Response

_SECONDS = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,9})?", re.ASCII)
#: From here on a number is a moment in seconds since 1970, and no length of time.
_MOMENTS = 1_000_000_000
#: Nobody asks to be left alone for longer; what says so is a mistake.
_LONGEST = timedelta(days=31)


def wait_until(text: str, response: Response) -> datetime | None:
    """Read `120`, `1767225600`, an HTTP date or an ISO 8601 moment; None if it is none of these.

    The wait counts from when the response came (`Response.received`, else its header `Date`; without
    both it is None) and is at most 31 days.
    """
    start = response.received or _http_date(response.header("date"))
    wanted = _moment(text.strip()[:60], start) if start else None
    return min(wanted, start + _LONGEST) if start and wanted else None


def retry_after(response: Response) -> datetime | None:
    """Read the header `Retry-After`; None if it is missing or no time."""
    return wait_until(response.header("retry-after"), response)


def _moment(text: str, start: datetime) -> datetime | None:
    if not _SECONDS.fullmatch(text):
        return _http_date(text) or _iso(text)
    number = float(text)
    if number < _MOMENTS:
        return start + timedelta(seconds=min(number, _LONGEST.total_seconds()))
    try:
        return datetime.fromtimestamp(number, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _http_date(text: str) -> datetime | None:
    try:
        return _aware(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _iso(text: str) -> datetime | None:
    try:
        return _aware(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        return None


def _aware(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
