"""Find the sentence around a position, and whether it is quoted from someone else."""

from __future__ import annotations

import re

_LONGEST_SIDE = 200
#: A full stop ends a sentence only before a capital, and not after a short number or an
#: abbreviation.
_END = re.compile(
    r"(?:(?<=[^\W\d]{3})|(?<=\W\w\))|(?<=\d{3}))[.](?=\s+[^\W\d_a-zà-ž])|[!?;](?=\s|$)|\n|\t"
)
_OPENING = '„“«»‚‘"'
_PAIRS = {"„": "“”", "“": "”", "«": "»", "»": "«", '"': '"', "‚": "‘", "‘": "’"}


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the sentence with `start` to `end`, at most 200 characters per side."""
    left, right = max(0, start - _LONGEST_SIDE), min(len(text), end + _LONGEST_SIDE)
    begin = left
    for match in _END.finditer(text, left, start):
        begin = match.end()
    stop = _END.search(text, end, right)
    return begin, stop.start() if stop else right


def is_quoted(text: str, start: int) -> bool:
    """Check whether a position is inside quotation marks opened on its line."""
    line = text[max(text.rfind("\n", 0, start) + 1, start - 400) : start]
    opened = ""
    for letter in line:
        if opened and letter in _PAIRS[opened]:
            opened = ""
        elif not opened and letter in _OPENING:
            opened = letter
    return bool(opened)
