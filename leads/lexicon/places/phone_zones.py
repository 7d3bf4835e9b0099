"""The country and the time zones that a phone number tells."""

from __future__ import annotations

import phonenumbers
from phonenumbers.timezone import time_zones_for_number


def phone_place(number: str) -> tuple[str | None, tuple[str, ...]]:
    """Return the ISO code of a number's country, and the time zones of its area code.

    The number is in E.164. None and no zones when it cannot be read.
    """
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None, ()
    return phonenumbers.region_code_for_number(parsed), tuple(time_zones_for_number(parsed))
