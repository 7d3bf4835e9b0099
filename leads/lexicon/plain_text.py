"""Plain words of a cell: no markup, URLs or full-width digits, and ordinary spaces."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

#: Longer texts are prose, and a number in prose is rarely the figure wanted.
LONGEST = 2000

_TAG = re.compile(r"<[^<>]{0,200}>")
_FOOTNOTE = re.compile(r"\[\^?[0-9a-z]{1,3}\]:?(?!\()")
_LINK = re.compile(r"\[([^\[\]]*)\](?:\([^()\s]*\)|\[[^\[\]]*\])?")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>()\[\]]*")
_PARAGRAPH = re.compile(r"\n\s*\n")
_BRACKET = re.compile(r"\(([^()]*)\)")
_BLANKS = re.compile(r"\s+")


def plain_text(text: str) -> str:
    """Turn `[60+ people](https://…)` into `60+ people`; empty for texts over 2,000 characters."""
    if len(text) > LONGEST:
        return ""
    if "&" in text:
        text = unescape(text)
    text = "".join(map(_plain_character, text))
    text = _PARAGRAPH.sub(" ; ", text.strip())
    text = _ADDRESS.sub(" ", _FOOTNOTE.sub(" ", _TAG.sub(" ", text)))
    text = _LINK.sub(r"\1", _LINK.sub(r"\1", text))
    return _BLANKS.sub(" ", text).strip()


def _plain_character(char: str) -> str:
    if char < "\x7f":
        return " " if char in "*_`|" else char
    if char in "’‘´ʼ′":
        return "'"
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.digit(char))
    # Drop superscripts (footnote marks) and invisible format characters: neither belongs to a
    # number.
    if category == "Cf" or (category == "No" and "<super>" in unicodedata.decomposition(char)):
        return ""
    return chr(ord(char) - 0xFEE0) if "\uff01" <= char <= "\uff5e" else char


def without_remarks(text: str) -> str:
    """Remove brackets, as in `700+ (150+ on Engineering)`, unless all numbers are inside them."""
    if not any(map(str.isdigit, _BRACKET.sub(" ", text))):
        return text
    return _BRACKET.sub(
        lambda bracket: " " if any(map(str.isdigit, bracket[1])) else f" ; {bracket[1]} ; ", text
    )


def letters_and_digits(text: str) -> str:
    """A text without case, accents, spaces and punctuation, to compare whole cells and headers."""
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
    return plain if plain.isalnum() else "".join(filter(str.isalnum, plain))
