"""Sentences around a place in a text, and whether a sentence speaks of the site's owner."""

from __future__ import annotations

import re

_LONGEST_SIDE = 200
#: A full stop ends a sentence only before a capital, and not behind a short number or an
#: abbreviation.
_END = re.compile(
    r"(?:(?<=[^\W\d]{3})|(?<=\W\w\))|(?<=\d{3}))[.](?=\s+[^\W\d_a-zà-ž])|[!?;](?=\s|$)|\n|\t"
)
_OPENING = '„“«»‚‘"'
_PAIRS = {"„": "“”", "“": "”", "«": "»", "»": "«", '"': '"', "‚": "‘", "‘": "’"}


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence that holds `start` to `end` begins and ends; at most 200 characters on
    each side.
    """
    left, right = max(0, start - _LONGEST_SIDE), min(len(text), end + _LONGEST_SIDE)
    begin = left
    for match in _END.finditer(text, left, start):
        begin = match.end()
    stop = _END.search(text, end, right)
    return begin, stop.start() if stop else right


def is_quoted(text: str, start: int) -> bool:
    """Whether a place stands inside quotation marks that were opened on its line: words of somebody
    else.
    """
    line = text[max(text.rfind("\n", 0, start) + 1, start - 400) : start]
    opened = ""
    for letter in line:
        if opened and letter in _PAIRS[opened]:
            opened = ""
        elif not opened and letter in _OPENING:
            opened = letter
    return bool(opened)
