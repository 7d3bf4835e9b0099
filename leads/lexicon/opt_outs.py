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
_BRACKET_SIGN = re.compile(r"[()\[\]]")
#: A dash or an empty box as the answer: `DNC: -`.
_SIGN_BEHIND = re.compile(r":\s*([^\w\s]+)$")
#: What may stand around a remark.
_ENDS = " ,:;/"
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


def says_opt_out(cell: str) -> bool:
    """Whether a cell says by itself that somebody must not be contacted.

    A remark behind it changes nothing (`Do not contact (by e-mail)`, `DNC - asked in May`), unless
    it is a no: `Do not call: no`.
    """
    return _stated(cell) is True


@lru_cache(maxsize=1 << 13)
def _stated(cell: str) -> bool | None:
    """Read a cell that names its own question: True for `DNC`, False for `DNC: no`, else None."""
    if len(cell) > _LONGEST:
        return None
    if _folded(cell) in _phrases() | _words("phrases_alone"):
        sign = _SIGN_BEHIND.search(cell)
        return not (sign and _folded(sign[1]) in _words("no"))
    plain = _BRACKET.sub(" ", cell)
    head = _REMARK.split(plain)[0]
    named = {_folded(plain), _folded(head)}
    remark = _BRACKET_SIGN.sub(";", cell[len(head.rstrip()) :])
    if named & _phrases():
        return not _is_no(remark)
    if not named & _words("phrases_alone"):
        return None
    # `Robinson` is a list; with a remark it is a town or a person, unless the remark answers it.
    if _is_no(remark):
        return False
    yes = _words("yes")
    return True if _DATE.fullmatch(remark.strip(_ENDS)) or _folded(remark) in yes else None


def _is_no(remark: str) -> bool:
    """Check whether a remark is a no, and no later part of it says yes."""
    bare = remark.strip(_ENDS)
    if bare and _folded(bare) in _words("no"):
        return True
    parts = [part for part in map(_folded, _REMARK.split(remark)) if part]
    affirmed = _words("yes") | _phrases()
    return bool(parts) and parts[0] in _words("no") and affirmed.isdisjoint(parts[1:])


def as_yes_or_no(cell: str) -> bool | None:
    """Whether a cell says yes (a date does too) or no; None when it is neither."""
    text = cell.strip()
    stated = True if _DATE.fullmatch(text) else _stated(text)
    if stated is not None:
        return stated
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
