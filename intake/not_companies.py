"""Recognise rows that are no company: totals below a table, and footers such as its source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intake.vocabulary import key_of, vocabulary

#: A number, with its currency or unit: nothing that only a company has.
_NUMBER = re.compile(r"[^\W\d]{0,4}[\s$€£¥]*[\d.,'\s%()+-]+[\s$€£¥]*(?:[^\W\d]{1,4}\.?)?")
_LABEL = re.compile(r"[\W_]*([^:：–—=\d]{1,30}?)\s*(?:[:：–—=]|\s-\s)\s*\S")
_NUMBERED = re.compile(
    r"[\W_]*([^\W\d][^\d:]{0,29}?)\s+\d+(?:\s*(?:/|of|von|de|di|van|z|av|af|sur|od|ze|из)\s*\d+)?"
)
_BRACKET = re.compile(r"\([^()]*\)")
_COPYRIGHT = re.compile(r"\s*(?:©|\(c\)|copyright\b).*\d{4}", re.IGNORECASE)
#: `* provisional figures`, `※未監査`.
_FOOTNOTE = re.compile(r"\s*(?:[*†‡]+\)?\s|※)")
#: `-- end --`.
_FRAMED = re.compile(r"\s*[-–—=*_#~]{2,}\s*[^\W\d_][\w\s]{0,30}?\s*[-–—=*_#~]{2,}\s*")
_COUNTED = re.compile(r"[\W_]*([^\d:：]{2,40}?)\s*[:：]?\s*[\d.,']+\s*\.?")
_DATED = re.compile(r"[\W_]*([^\d:：]{1,30}?)\s*\d{1,4}[./年-]\s?\d{1,2}[./月-]\s?\d{1,4}日?\.?")
_EXPORTED = re.compile(
    r"(?:exported|generated|downloaded|printed|created|exportiert|erstellt|export[ée]|généré|"
    r"esportato|generado|exportado|wygenerowano)\b.{0,60}\d{4}|powered by \S",
    re.IGNORECASE,
)


def why_no_company(name: str, others: Sequence[str]) -> str | None:
    """Why a row with this name and these `other` filled cells is no company; None when it may be
    one.
    """
    if _is_total(name, others):
        return f"{name[:40]!r} is a total, not a company"
    if not others and _is_footer(name):
        return f"{name[:40]!r} is a note about the list, not a company"
    return None


def _is_total(name: str, others: Sequence[str]) -> bool:
    """Whether a row has a word for a total and at least one number, and no other text."""
    words = _BRACKET.sub(" ", name).rstrip(" :.0123456789()")
    counted = bool(others) or any(char.isdigit() for char in name)
    return (
        counted
        and len(words) <= 40
        and _names_total(key_of(words), counted=bool(others))
        and all(_NUMBER.fullmatch(cell.strip()) for cell in others)
    )


def _names_total(key: str, *, counted: bool) -> bool:
    """Whether a text is a word for a total, or with numbers beside it one for a column's total."""
    known = vocabulary()
    if key in known.totals:
        return True
    rests = [key.removeprefix(word) for word in known.total_of if counted and key.startswith(word)]
    return any(rest in known.fields and not known.fields[rest].weak for rest in rests)


def _is_footer(name: str) -> bool:
    marks = (_COPYRIGHT, _FOOTNOTE, _EXPORTED)
    if any(mark.match(name) for mark in marks) or _FRAMED.fullmatch(name):
        return True
    counted = _COUNTED.fullmatch(name)
    if counted and key_of(counted[1]).startswith(vocabulary().counts):
        return True
    found = _DATED.fullmatch(name) or _LABEL.match(name) or _NUMBERED.fullmatch(name.strip())
    return found is not None and key_of(found[1]) in vocabulary().footers
