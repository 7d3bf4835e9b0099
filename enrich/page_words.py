"""The words of a page between its tags: white space, and e-mail addresses that tags glue."""

from __future__ import annotations

import re

_EMAIL = r"[\w.+%-]{1,64}@[\w-]{2,63}(?:\.[\w-]{2,63})+"
_EMAIL_FIRST, _EMAIL_LAST = re.compile(_EMAIL), re.compile(rf"{_EMAIL}\Z")
#: Signs without width, read as spaces.
_NO_WIDTH = ("\u200b", "\u00ad", "\ufeff")


def even(text: str) -> str:
    """Replace each run of white space by one space."""
    if not text.isascii():
        for sign in _NO_WIDTH:
            text = text.replace(sign, " ")
    words = " ".join(text.split())
    if len(words) == len(text):
        return words
    if not words:
        return " " if text else ""
    before = " " if text[0].isspace() else ""
    return f"{before}{words} " if text[-1].isspace() else before + words


def is_email_between(before: str, after: str) -> bool:
    """Check whether a text ends, or the next begins, with a whole e-mail address."""
    return bool(_EMAIL_LAST.search(before[-100:]) or _EMAIL_FIRST.match(after[:165]))
