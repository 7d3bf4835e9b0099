"""Decode HTML entities that an export left in its cells."""

from __future__ import annotations

import re
from html import unescape

#: Only entities that end with a semicolon: `AT&T` and `R&D` are names.
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
#: An export that encodes what was encoded already writes `&amp;amp;`.
_MOST_TIMES = 3


def decoded(text: str) -> str:
    """Replace HTML entities by their characters: `O&#039;Hara &amp; Co` is `O'Hara & Co`."""
    for _ in range(_MOST_TIMES):
        if "&" not in text or not _ENTITY.search(text):
            return text
        text = _ENTITY.sub(_character, text)
    return text


def _character(entity: re.Match[str]) -> str:
    # A no-break space in a name would keep it from being compared.
    return unescape(entity[0]).replace("\xa0", " ")
