"""The plain words of a cell: no markup, no addresses, no full-width digits, ordinary blanks."""

from __future__ import annotations

import re
import unicodedata

#: Longer texts are prose, and a number in prose is seldom the figure that was asked for.
LONGEST = 2000

_TAG = re.compile(r"<[^<>]{0,200}>")
_FOOTNOTE = re.compile(r"\[\^?[0-9a-z]{1,3}\]:?(?!\()")
_LINK = re.compile(r"\[([^\[\]]*)\](?:\([^()\s]*\)|\[[^\[\]]*\])?")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>()\[\]]*")
_PARAGRAPH = re.compile(r"\n\s*\n")
_BRACKET = re.compile(r"\(([^()]*)\)")
_BLANKS = re.compile(r"\s+")


def plain_text(text: str) -> str:
    """`[60+ people](https://…)` as `60+ people`; empty for texts over 2,000 characters."""
    if len(text) > LONGEST:
        return ""
    if "&" in text:
        # Imported late: it brings the names of 2,000 characters.
        from html import unescape

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
    # Superscripts mark footnotes, format characters are invisible: neither belongs to a number.
    if category == "Cf" or (category == "No" and "<super>" in unicodedata.decomposition(char)):
        return ""
    return chr(ord(char) - 0xFEE0) if "\uff01" <= char <= "\uff5e" else char


def without_remarks(text: str) -> str:
    """`700+ (150+ on Engineering)` as `700+`: brackets are cut out, unless no number stands outside
    them (`Small (0-20 employees)`).
    """
    if not any(map(str.isdigit, _BRACKET.sub(" ", text))):
        return text
    return _BRACKET.sub(
        lambda bracket: " " if any(map(str.isdigit, bracket[1])) else f" ; {bracket[1]} ; ", text
    )
