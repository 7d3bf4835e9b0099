"""Words of links in one spelling."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "ı": "i"}
)
WORDS = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """Return words without accents, signs and capitals, separated by single spaces; `ü` is `u`."""
    if text.isascii():
        return _joined(text.lower())
    letters = unicodedata.normalize("NFKD", text.casefold().replace("ı", "i"))
    return _joined("".join(c for c in letters if not unicodedata.combining(c)))


def spelt_out(text: str) -> str:
    """Return the same, with `ü` as `ue`."""
    if text.isascii():
        return plain(text)
    return plain(text.casefold().translate(_LETTERS))


def _joined(text: str) -> str:
    return " ".join(WORDS.findall(text))
