"""Postcodes as lists write them (`D-01069`, `'01069`, `1069.0`), and the countries they show."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from leads.lexicon.places.countries import CODES
from leads.lexicon.reference import document

_LONGEST = 14
#: What spreadsheets and guards put around the digits.
_EDGES = "〒 \t\r\n'\"=`´’.,;"
_OF_NUMBER = re.compile(r"(?<=\d)\.0+$")
_PREFIXED = re.compile(r"([A-Z]{1,3})\s?[-–—]?\s?(?=\d)")
_DIGITS_FIRST = re.compile(r"(\d+)\s+[^\W\d]")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s-](?=\d)")


def postcode(text: str, country: str | None = None) -> str | None:
    """Return a postcode as its country writes it; None if the text is none, or not of the country.

    Lost noughts are restored and a prefix is removed (`1069`, `D-01069` → `01069` in Germany).
    """
    if len(text) <= _LONGEST and text.isascii() and text.isdigit():
        # Most are digits alone: nothing must be taken off.
        return _of_country(text, country)
    plain = _plain(text)
    if not plain or len(plain) > _LONGEST or not any(map(str.isdigit, plain)):
        return None
    prefix, rest = _prefix(plain)
    if prefix and country and prefix != country:
        return None
    return _of_country(rest if prefix else plain, country or prefix)


def postcode_country(text: str) -> str | None:
    """Return the one country whose postcodes have this form or prefix; None if there are several."""
    plain = _plain(text)
    if len(plain) > _LONGEST:
        return None
    prefix, rest = _prefix(plain)
    if prefix:
        return prefix if _of_country(rest, prefix) else None
    found = {code for code, form in _only().items() if form.fullmatch(plain)}
    # `AB1 2CD` has the form of both British and Maltese codes only without its space.
    code = found.pop() if len(found) == 1 else None
    return _data()["islands"].get(plain[:2], code) if code == "GB" else code


def state_fits_postcode(country: str, state: str, text: str) -> bool:
    """Check whether a postcode lies in a state of the US, or has the form of Canada or Australia."""
    plain = _plain(text)
    if country == "US":
        digits = _of_country(plain.partition("-")[0], "US") or ""
        first = digits[:3]
        ranges = _data()["us_states"].get(state, ())
        return bool(first) and any(low <= first <= high for low, high in map(_ends, ranges))
    if country == "CA":
        return postcode_country(plain) == "CA"
    digits = _of_country(plain, "AU") or ""
    return bool(digits) and country == "AU" and digits[0] in _data()["au_states"].get(state, "")


def countries_of_digits(text: str) -> frozenset[str]:
    """Return the countries whose postcodes have as many digits as the text; empty if it has others."""
    digits = _plain(text)
    if not digits.isdigit():
        return frozenset()
    return frozenset(
        code
        for code, (size, noughts) in _data()["digits"].items()
        if int(size) - int(noughts) <= len(digits) <= int(size)
    )


def _ends(span: str) -> tuple[str, str]:
    low, _, high = span.partition("-")
    return low, high


def _plain(text: str) -> str:
    return _OF_NUMBER.sub("", " ".join(text.split()).strip(_EDGES)).upper()


@lru_cache(maxsize=1 << 14)
def _prefix(plain: str) -> tuple[str, str]:
    """Return the country of the letters before the digits, and the rest; "" if there are none."""
    found = _PREFIXED.match(plain)
    if not found or found[1] in _data()["own_prefixes"]:
        return "", plain
    letters, rest = found[1], plain[found.end() :]
    if not re.fullmatch(r"[\d\s-]+", rest):
        return "", plain
    country = _data()["prefixes"].get(letters) or (letters if letters in CODES else "")
    glued = plain[len(letters)].isdigit()
    # `SE12345` may be anything; `B1000` too.
    return ("", plain) if not country or (glued and len(letters) == 1) else (country, rest)


def _of_country(plain: str, country: str | None) -> str | None:
    """Return the digits as the country writes them; a postcode of another form is left as it is."""
    if country is None or country not in _data()["digits"]:
        return plain
    size, noughts = map(int, _data()["digits"][country])
    digits = _BETWEEN_DIGITS.sub("", plain)
    if not digits.isdigit():
        # `75008 CEDEX 08`, `75008 Paris`
        found = _DIGITS_FIRST.match(digits)
        digits = found[1] if found and len(found[1]) == size else ""
    if country == "US" and len(digits) == size + 4:
        return f"{digits[:size]}-{digits[size:]}"
    if not size - noughts <= len(digits) <= size:
        return None
    return _grouped(digits.zfill(size), country)


def _grouped(digits: str, country: str) -> str:
    sizes = _data()["groups"].get(country)
    if not sizes:
        return digits
    first = int(sizes[0])
    return f"{digits[:first]}{_data()['group_marks'][country]}{digits[first:]}"


@cache
def _only() -> dict[str, re.Pattern[str]]:
    return {code: re.compile(form) for code, form in _data()["only"].items()}


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = document("postcodes.yaml")
    return data
