"""Find an e-mail address or a phone number in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from leads.lexicon.phones import parse_phone
from outreach.keys import Key

#: Fewer digits are no phone number.
_FEWEST_DIGITS = 6


def mentions_point(text: str, points: Iterable[str]) -> bool:
    """Whether a text names one of these addresses or numbers, and not only a longer one."""
    return any(
        re.search(rf"(?<![\w.+-]){re.escape(one)}(?![\w-]|\.\w)", text, re.IGNORECASE)
        for one in points
    )


def names_point(text: str, key: Key) -> bool:
    """Whether a text names the address or number of a key."""
    if key.kind == "email":
        return key.form in text.lower()
    digits = "".join(one for one in text if one.isdigit())
    if len(digits) < _FEWEST_DIGITS:
        return False
    # A number in national form: its last digits are those of the international one.
    is_same_end = key.form.endswith(digits.lstrip("0")) or digits.endswith(key.form.lstrip("+"))
    return is_same_end or parse_phone(text, None) == key.form
