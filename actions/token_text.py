"""The text of a token: `sluice_pat_<id>_<secret><checksum>`, which secret scanners recognise."""

from __future__ import annotations

import re
from hashlib import sha256
from secrets import choice
from string import ascii_letters, digits
from zlib import crc32

PREFIX = "sluice_pat_"
_LETTERS = digits + ascii_letters
_ID, _SECRET, _SUM = 8, 43, 6
_FORM = re.compile(rf"{PREFIX}[0-9A-Za-z]{{{_ID}}}_[0-9A-Za-z]{{{_SECRET + _SUM}}}")


def new_text() -> str:
    """A new token; its secret part has over 250 random bits."""
    made = f"{PREFIX}{_random(_ID)}_{_random(_SECRET)}"
    return made + _checksum(made)


def is_token(text: str) -> bool:
    """Whether a text has the form of a token and its own checksum."""
    return bool(_FORM.fullmatch(text)) and _checksum(text[:-_SUM]) == text[-_SUM:]


def digest(text: str) -> str:
    """What is stored of a token, a cookie or a link."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def _random(count: int) -> str:
    return "".join(choice(_LETTERS) for _ in range(count))


def _checksum(text: str) -> str:
    left, found = crc32(text.encode()), ""
    for _ in range(_SUM):
        left, place = divmod(left, len(_LETTERS))
        found = _LETTERS[place] + found
    return found
