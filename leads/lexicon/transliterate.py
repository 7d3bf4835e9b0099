"""Turn text of any script into plain ASCII for comparing, and clean text for display."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

#: Invisible and direction-changing characters.
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
#: Marks, symbols and emoji do not distinguish companies.
_SYMBOLS = re.compile("[\u00a9\u00ae\u2120\u2122\ufe00-\ufe0f\u2600-\u27bf\U0001f000-\U0001faff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_SPACE = re.compile(r"\s+")
#: Without the semicolon, `&copy` may be a part of a name.
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MOST_ENCODINGS = 2
_QUOTES = {'"': '"', "'": "'", "“": "”", "„": "“", "«": "»", "‘": "’"}


def without_entities(text: str) -> str:
    """Decode HTML entities that end in a semicolon (`O&#039;Neil`), also if encoded twice."""
    for _ in range(_MOST_ENCODINGS):
        if "&" not in text or ";" not in text:
            break
        text = _ENTITY.sub(lambda entity: unescape(entity[0]), text)
    return text


def cleaned(text: str) -> str:
    """Clean text for display: NFC, no control or invisible characters, no outer quotes, single
    spaces.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    if not text.isprintable():
        text = _CONTROL.sub(" ", text)
    if "  " in text or not text.isprintable():
        text = _SPACE.sub(" ", text)
    text = without_entities(text).strip()
    if len(text) > 2 and text[-1] == _QUOTES.get(text[0]) and text.count(text[0]) <= 2:
        return text[1:-1].strip()
    return text


def compatible(text: str) -> str:
    """Return the text in NFKC (㈱ as (株), full-width letters as plain), without symbols and
    emoji.
    """
    return unicodedata.normalize("NFKC", _SYMBOLS.sub(" ", text))


def to_ascii(text: str) -> str:
    """Convert to ASCII: drop accents and symbols, transliterate scripts (`Ромашка` →
    `Romashka`).
    """
    if text.isascii():
        return text
    # Takes 15 ms to import, and most lists never need it.
    from anyascii import anyascii

    return anyascii(compatible(text))
