"""How lists say that somebody must not be contacted: names of columns, and words of cells."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from leads.lexicon.plain_text import letters_and_digits
from leads.lexicon.reference import document

_LONGEST = 60
_DATE = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:[T ]\d{1,2}:\d{2}.*)?")


def is_opt_out_column(header: str) -> bool:
    """Whether the cells of a column so named say yes for those who must not be contacted."""
    return _folded(header) in _names("columns")


def is_permission_column(header: str) -> bool:
    """Whether the cells of a column so named say no for those who must not be contacted."""
    return _folded(header) in _names("permissions")


@lru_cache(maxsize=1 << 13)
def says_opt_out(cell: str) -> bool:
    """Whether the whole cell says by itself that somebody must not be contacted."""
    return len(cell) <= _LONGEST and _folded(cell) in _phrases()


def as_yes_or_no(cell: str) -> bool | None:
    """Whether a cell says yes (a date does too) or no; None when it is neither."""
    text = cell.strip()
    if _DATE.fullmatch(text) or says_opt_out(text):
        return True
    word = _folded(text)
    if word in _words("yes"):
        return True
    return False if word in _words("no") else None


def _folded(text: str) -> str:
    # A tick or a dash is all that some cells hold.
    return letters_and_digits(text) or unicodedata.normalize("NFKD", text.strip())


@cache
def _names(section: str) -> frozenset[str]:
    table: dict[str, list[str]] = document("opt_outs.yaml")[section]
    return frozenset(_folded(name) for names in table.values() for name in names)


@cache
def _phrases() -> frozenset[str]:
    return _words("phrases")


@cache
def _words(section: str) -> frozenset[str]:
    words: Any = document("opt_outs.yaml")[section]
    return frozenset(_folded(str(word)) for word in words)
