"""Normalise telephone numbers to E.164."""

from __future__ import annotations

import re
from functools import lru_cache

_LONGEST_TEXT = 100
_FEWEST_DIGITS = 5
#: `Tel.:`, `Phone (office)`, `T` before a number.
_LABEL = re.compile(r"^[^\d+(]*(?:\([^\d)]*\))?[^\d+(]*")
_EXTENSION = re.compile(
    r"[\s,;]*(?:\bext(?:ension)?\b|(?<![^\W\d_])x|\bdw\b|\bdurchwahl\b|\bposte\b|\bint\b|#)[\s.:]*\d{1,6}\s*$",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"[;,|\n]|\s/\s|\bor\b|\boder\b|\bou\b|\band\b|\bund\b")
#: A phone number that a spreadsheet converted to a number.
_DECIMAL = re.compile(r"\.0$")
#: Text after the last digit: `(New York)`, `office`.
_REMARK = re.compile(r"\D+$")
_DATE = re.compile(r"\d{4}([-./])\d{1,2}\1\d{1,2}|\d{1,2}([-./])\d{1,2}\2\d{4}")
_LETTER = re.compile(r"[^\W\d_]")
_FULL_WIDTH_PLUS = str.maketrans(
    {
        "＋": "+",
        "\u200b": None,
        "\u00a0": " ",
        "\u202a": None,
        "\u202c": None,
        "\u2060": None,
        "\ufeff": None,
    }
)


def parse_phone(text: str, country: str | None = None) -> str | None:
    """Return the first number in E.164 (`+49301234567`) without extension; None if invalid.

    International spellings (`+49 (0)30 …`, `0049 30 …`) need no country. A national number is read
    as one of `country` (alpha-2), and is None without it. A number must fit its country's numbering
    plan; a plausible length is not enough.
    """
    if len(text) > _LONGEST_TEXT:
        return None
    return _parse(text.translate(_FULL_WIDTH_PLUS).strip(), country.upper() if country else None)


@lru_cache(maxsize=1 << 14)
def _parse(text: str, country: str | None) -> str | None:
    return _number(text, country) or next(
        (found for part in _SEVERAL.split(text) if (found := _number(part, country))), None
    )


def _number(text: str, country: str | None) -> str | None:
    text = _REMARK.sub("", _EXTENSION.sub("", _DECIMAL.sub("", _LABEL.sub("", text, count=1))))
    if (
        sum(letter.isdigit() for letter in text) < _FEWEST_DIGITS
        or _LETTER.search(text)
        or _DATE.fullmatch(text)
    ):
        return None
    found = _valid(text, country)
    if found is None and text.lstrip("( ").startswith("00"):
        found = _valid("+" + text.lstrip("( ")[2:], None)
    return found


def _valid(text: str, country: str | None) -> str | None:
    # Imported late: the numbering plans take 0.1 s to load, and most columns hold no number.
    import phonenumbers

    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    return (
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        if phonenumbers.is_valid_number(number)
        else None
    )
