"""Working days, Monday to Friday in UTC."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

_FORM = re.compile(r"([1-9]\d?) working days?")
_SATURDAY = 5


def working_days(text: str) -> int:
    """Read `2 working days`; ValueError for anything else."""
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError("must be a number of days such as 2 working days; at most 99")
    return int(found[1])


def after_working_days(start: datetime, days: int) -> datetime:
    """The moment so many working days later; weekends do not count."""
    at = start
    left = days
    while left:
        at += timedelta(days=1)
        left -= at.weekday() < _SATURDAY
    return at
