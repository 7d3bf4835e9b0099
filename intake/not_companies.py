"""Recognise rows that are no company: totals below a table, and footers such as its source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intake.content import has_legal_form
from intake.vocabulary import key_of, pieces, squashed, vocabulary
from leads.lexicon.numbers.money import parse_money
from leads.lexicon.numbers.ranges import parse_count

#: A number, with its currency or unit: nothing that only a company has.
_NUMBER = re.compile(r"[^\W\d]{0,4}[\s$€£¥]*[\d.,'\s%()+-]+[\s$€£¥]*(?:[^\W\d]{1,4}\.?)?")
_LABEL = re.compile(r"[\W_]*([^:：–—=\d]{1,30}?)\s*([:：–—=]|\s-\s)\s*\S")
_NUMBERED = re.compile(
    r"[\W_]*([^\W\d][^\d:]{0,29}?)\s+\d+(?:\s*(?:/|of|von|de|di|van|z|av|af|sur|od|ze|из)\s*\d+)?"
)
#: `Total: 6 companies`.
_COUNT_BEHIND = re.compile(r"[^:：=]{1,40}[:：=]\s*\d")
_BRACKET = re.compile(r"\([^()]*\)")
_COPYRIGHT = re.compile(r"\s*(?:©|\(c\)|copyright\b).*\d{4}", re.IGNORECASE)
#: `* provisional figures`, `※未監査`.
_FOOTNOTE = re.compile(r"\s*(?:※|[*†‡]+\)?\s++(?P<text>[^*]*[^*\s])\s*$)")
#: A word of a sentence; names have few in lower case, such as `and`.
_PLAIN_WORD = re.compile(r"\b[^\W\d_A-Z]{4,}\b")
#: `-- end --`.
_FRAMED = re.compile(r"\s*[-–—=*_#~]{2,}\s*([^\W\d_][\w\s]{0,30}?)\s*[-–—=*_#~]{2,}\s*")
_COUNTED = re.compile(r"[\W_]*([^\d:：]{2,40}?)\s*([:：]?)\s*[\d.,']+\s*\.?")
_DATED = re.compile(r"[\W_]*([^\d:：]{1,30}?)\s*\d{1,4}[./年-]\s?\d{1,2}[./月-]\s?\d{1,4}日?\.?")
_MADE = re.compile(
    r"(?:exported|generated|downloaded|printed|created|retrieved|exportiert|erstellt|gedruckt|"
    r"heruntergeladen|exporté|généré|imprimé|esportato|generato|stampato|generado|exportado|impreso|"
    r"wyeksportowano|wygenerowano|wydrukowano)\b"
    r"(?P<by>\s*:|\s+(?:on|by|from|at|with|am|von|vom|aus|mit|um|le|par|depuis|il|da|dal|el|por|"
    r"desde|em|dnia|przez|z)\b)?(?P<rest>.{0,80})",
    re.IGNORECASE | re.DOTALL,
)
#: A day, unlike the year in a name.
_DAY = re.compile(
    r"\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{2,4}|\b\d{1,2}\.? [^\W\d_]{3,12}\.? \d{4}|"
    r"[^\W\d_]{3,12} \d{1,2}, ?\d{4}"
)
#: So much of a name is looked at: the patterns are slow for long runs of signs.
_LONGEST = 300
#: A longer cell is no number: the pattern is slow for long runs of blanks.
_LONGEST_NUMBER = 100
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\d{4}")
_POWERED = re.compile(r"powered by \S", re.IGNORECASE)


def is_number(cell: str) -> bool:
    """Check for a number with its currency or unit, which is all that a total has beside its word."""
    text = cell.strip()
    may_be = len(text) <= _LONGEST_NUMBER and not text.isalpha()
    return may_be and _NUMBER.fullmatch(text) is not None


def may_be_amount(cell: str) -> bool:
    """Check for a cell that a total may have beside its word; most texts are none at a glance."""
    return _DIGIT.search(cell) is not None or is_number(cell)


def _is_amount(cell: str) -> bool:
    """Check for a number, or an amount or count in words, such as `12,4 Mio. EUR`."""
    if is_number(cell):
        return True
    if len(cell) > _LONGEST_NUMBER or not _DIGIT.search(cell):
        return False
    return parse_money(cell) is not None or parse_count(cell) is not None


def why_no_company(name: str, others: Sequence[str]) -> str | None:
    """Why a row with this name and these `other` filled cells is no company; None when it may be
    one.
    """
    if _is_total(name, others):
        return f"{name[:40]!r} is a total, not a company"
    if not others and _is_footer(" ".join(name.split())[:_LONGEST]):
        return f"{name[:40]!r} is a note about the list, not a company"
    return None


def _is_total(name: str, others: Sequence[str]) -> bool:
    """Whether a row has a word for a total and at least one number, and no other text."""
    words = _BRACKET.sub(" ", name).rstrip(" :.0123456789()")
    counted = bool(others) or any(char.isdigit() for char in name)
    is_word = counted and len(words) <= 40 and _names_total(key_of(words), counted=bool(others))
    return (is_word or _is_subtotal(name, others)) and all(map(_is_amount, others))


def _is_subtotal(name: str, others: Sequence[str]) -> bool:
    """Check for `Subtotal Leeds` beside the `others`, which are numbers."""
    words = pieces(name[:_LONGEST])
    return (
        bool(others)
        and bool(words)
        and words[0] in vocabulary().subtotals
        and not has_legal_form(name)
    )


def _names_total(key: str, *, counted: bool) -> bool:
    """Whether a text is a word for a total, or with numbers beside it one for a column's total."""
    known = vocabulary()
    if key in known.totals:
        return True
    rests = [key.removeprefix(word) for word in known.total_of if counted and key.startswith(word)]
    return any(rest in known.fields and not known.fields[rest].weak for rest in rests)


def _is_footer(name: str) -> bool:
    if _COPYRIGHT.match(name) or _is_labelled(name) or _has_day_of_export(name):
        return True
    # These may be names of companies too: one with a legal form is a company.
    likely = (_is_footnote, _is_framed, _is_count, _is_export)
    return any(check(name) for check in likely) and not has_legal_form(name)


def _is_labelled(name: str) -> bool:
    """Check for a word for a footer before a date, a number or the text that it labels."""
    known = vocabulary()
    dated = _DATED.fullmatch(name)
    if dated:
        return key_of(dated[1]) in known.footers | known.before_dates
    label = _LABEL.match(name)
    if label and key_of(label[1]) in known.totals | known.subtotals and _COUNT_BEHIND.match(name):
        return True
    if label:
        return key_of(label[1]) in known.footers and (
            label[2] in ":：=" or not has_legal_form(name)
        )
    numbered = _NUMBERED.fullmatch(name.strip())
    return numbered is not None and key_of(numbered[1]) in known.footers


def _has_day_of_export(name: str) -> bool:
    made = _MADE.match(name)
    return made is not None and _DAY.search(made["rest"]) is not None


def _is_export(name: str) -> bool:
    """Check for `Exported by Ann 2026`, but not for `Printed Circuits 2000`."""
    made = _MADE.match(name)
    if made:
        return made["by"] is not None and _YEAR.search(made["rest"]) is not None
    return _POWERED.match(name) is not None


def _is_footnote(name: str) -> bool:
    """Check for a sentence behind a star; a name behind one is an item of a list."""
    found = _FOOTNOTE.match(name)
    if found is None:
        return False
    text = found["text"]
    return text is None or (" " in text and _PLAIN_WORD.search(text) is not None)


def _is_framed(name: str) -> bool:
    framed = _FRAMED.fullmatch(name)
    known = vocabulary()
    return framed is not None and key_of(framed[1]) in known.footers | known.ends


def _is_count(name: str) -> bool:
    """Check for a number of companies or rows: `Number of firms: 12`, but not `Nombre de Dios 12`."""
    counted = _COUNTED.fullmatch(name)
    if counted is None:
        return False
    known = vocabulary()
    words = tuple(pieces(counted[1]))
    rests = [words[len(count) :] for count in known.counts if words[: len(count)] == count]
    return any(counted[2] or not rest or squashed(rest) in known.counted for rest in rests)
