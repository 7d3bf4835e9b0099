"""The words of a page between its tags: white space, and e-mail addresses that tags glue."""

from __future__ import annotations

import re

_EMAIL = r"[\w.+%-]{1,64}@[\w-]{2,63}(?:\.[\w-]{2,63})+"
_EMAIL_FIRST, _EMAIL_LAST = re.compile(_EMAIL), re.compile(rf"{_EMAIL}\Z")
#: Signs without width, read as spaces.
_NO_WIDTH = ("\u200b", "\u00ad", "\ufeff")


def with_width(text: str) -> str:
    """Replace signs without width by spaces."""
    for sign in _NO_WIDTH:
        text = text.replace(sign, " ")
    return text


def is_email_between(before: str, after: str) -> bool:
    """Check whether a text ends, or the next begins, with a whole e-mail address."""
    return bool(_EMAIL_LAST.search(before[-100:]) or _EMAIL_FIRST.match(after[:165]))
