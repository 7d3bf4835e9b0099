"""How lists say that somebody must not be contacted: names of columns, and words of cells."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from leads.lexicon.numbers.as_of import take_date
from leads.lexicon.plain_text import letters_and_digits
from leads.lexicon.reference import document

_LONGEST = 60
_BRACKET = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
#: What separates a remark from the words before it.
_REMARK = re.compile(r"\s[-–—]|[,:;/]|\s(?=\d)")
#: Words in brackets that name a way of contact, or list.
_NEUTRAL = frozenset({"phone", "telefon", "email", "all", "alle", "dnc", "list"})
_DATE = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:[T ]\d{1,2}:\d{2}.*)?")


def is_opt_out_column(header: str) -> bool:
    """Whether the cells of a column so named say yes for those who must not be contacted."""
    return _names_any(header, "columns")


def is_permission_column(header: str) -> bool:
    """Whether the cells of a column so named say no for those who must not be contacted."""
    return _names_any(header, "permissions")


def _names_any(header: str, section: str) -> bool:
    """Check a header with and without its brackets, and the small words at its end."""
    known = _names(section)
    bare = _BRACKET.sub(" ", header)
    folded = _folded(bare)
    return (
        _folded(header) in known
        or folded in known
        or any(folded.removesuffix(word) in known for word in _words("behind"))
    )


@lru_cache(maxsize=1 << 13)
def says_opt_out(cell: str) -> bool:
    """Whether a cell says by itself that somebody must not be contacted.

    A remark behind it changes nothing: `Do not contact (by e-mail)`, `DNC - asked in May`.
    """
    if len(cell) > _LONGEST:
        return False
    plain = _BRACKET.sub(" ", cell)
    return any(_folded(part) in _phrases() for part in (cell, plain, _REMARK.split(plain)[0]))


def as_yes_or_no(cell: str) -> bool | None:
    """Whether a cell says yes (a date does too) or no; None when it is neither."""
    text = cell.strip()
    if _DATE.fullmatch(text) or says_opt_out(text):
        return True
    # `ja (Telefon)`, `opt-out 2024-05-01`; but `no (by mail yes)` is left to a person.
    when, undated = take_date(_BRACKET.sub(" ", text))
    words = {_folded(text)} if _says_both(text) else {_folded(text), _folded(undated.strip(" ;"))}
    if words & _words("yes") or (when and not any(map(str.isalnum, undated))):
        return True
    return False if words & _words("no") else None


def _says_both(text: str) -> bool:
    """Check whether the brackets of a text say yes or no too."""
    inside = {_folded(word) for part in _BRACKET.findall(text) for word in part.strip("()").split()}
    return bool(inside & (_words("yes") | _words("no")) - _NEUTRAL)


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
