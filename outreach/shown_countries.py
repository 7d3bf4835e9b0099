"""Find the countries that the telephone numbers of one list show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from leads.lexicon.phones import parse_phone, phone_country

#: A number in national form is tried in at most this many countries.
_MOST = 3


def countries_shown(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the countries of the numbers in international form, the most frequent first."""
    international = (text for text in texts if "+" in text or "00" in text)
    numbers = (parse_phone(text) for text in international)
    found = Counter(code for number in numbers if number and (code := phone_country(number)))
    return tuple(code for code, _ in found.most_common(_MOST))
