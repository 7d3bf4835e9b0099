"""Split a branch from the name in front of it: by its word, its number, or a note of it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from dedupe.data_files import document
from dedupe.name_parts import EDGES, Beside, NameParts, ends_in_form, may_be_place, says_enough
from leads.lexicon.names.legal_form_table import tables
from leads.lexicon.places.countries import compared, country_code
from leads.lexicon.transliterate import to_ascii

#: `Kalilandia 11/07`: the month in which somebody wrote the row, or the number of its receipt.
_MONTH = re.compile(r"\s+(?:0?[1-9]|[1-5]\d)/(?:0[1-9]|1[0-2]|\d{4})\s*$")
_NUMBER = re.compile(r"[\s,–-]+((?:no\.?|nr\.?|n[º°]\.?|#)?)\s*(\d{1,6})\s*$", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9]+")
#: Words of a branch's place, with the words that may stand in front of it (de, in, w).
_MOST_WORDS = 5


def split_branch(parts: NameParts, beside: Beside) -> NameParts | None:
    """Split off a branch: by its word and place or number, or by a number behind the form."""
    text = _MONTH.sub("", parts.name) if "/" in parts.name else parts.name
    if not _may_name_branch(text) and text == parts.name:
        return None
    if not says_enough(text):
        return None
    found = _by_word(replace(parts, name=text), beside) or _numbered(text, parts, beside)
    if found is not None:
        return found
    return replace(parts, name=text) if text != parts.name else None


def _may_name_branch(text: str) -> bool:
    """Check for a number at the end, or a word for a branch."""
    if text[-1:].isdigit():
        return True
    return not branch_words().isdisjoint(_WORD.findall(to_ascii(text).lower()))


def _by_word(parts: NameParts, beside: Beside) -> NameParts | None:
    """Split at the word of a branch: `Filiale Köln`, `Store #123`, `Leeds Branch`, `(filial)`."""
    text = parts.name
    for found in _behind().finditer(text):
        head, tail = text[: found.start()].rstrip(EDGES + "#"), text[found.end() :].strip(EDGES)
        if says_enough(head) and _names_branch(found[1], tail, beside):
            return replace(parts, name=_closed(head, text), branch=_place(tail) or parts.branch)
    found_last = _in_front().search(text)
    if found_last is None:
        return None
    return _in_english(parts, text[: found_last.start()].rstrip(EDGES), beside)


def _in_english(parts: NameParts, text: str, beside: Beside) -> NameParts | None:
    """Split off the known place in front of the word: `Mogara Leeds Branch`."""
    ends = text.rsplit(None, 3)
    for count in range(len(ends) - 1, 0, -1):
        head, tail = " ".join(ends[:-count]).rstrip(EDGES), " ".join(ends[-count:])
        if says_enough(head) and (beside.is_place(tail) or country_code(tail)):
            return replace(parts, name=_closed(head, text), branch=tail)
    return replace(parts, name=text) if ends_in_form(text) else None


def _closed(head: str, text: str) -> str:
    """Return the head with the dot of its last word, which belongs to a form: `Mogara S.A.`."""
    return head + "." if text[len(head) : len(head) + 1] == "." else head


def _names_branch(word: str, tail: str, beside: Beside) -> bool:
    """Check that a branch is what the word and the text behind it say."""
    number = tail.lstrip("#nNoOrR.º° ")
    if number.isdigit() and len(number) < 7:
        return True
    if compared(word) in _shops():
        return False
    place = _place(tail)
    if not place:
        return compared(word) in _sure()
    if beside.is_place(place) or country_code(place):
        return True
    return compared(word) in _sure() and may_be_place(place)


def _place(tail: str) -> str:
    """Return the place without the words in front of it; the digits of a number."""
    found = tail.lstrip("#nNoOrR.º° ")
    if found.isdigit():
        return found
    words = tail.split()
    while len(words) > 1 and words[0].lower() in _prepositions():
        words = words[1:]
    return " ".join(words) if len(words) < _MOST_WORDS else ""


def _numbered(text: str, parts: NameParts, beside: Beside) -> NameParts | None:
    """Split off a number: any behind a legal form; `nº 5` in a row with a city."""
    found = _NUMBER.search(text) if text[-1:].isdigit() else None
    if found is None:
        return None
    head = text[: found.start()]
    last = compared(head).rpartition(" ")[2]
    if last in tables().numbered or not says_enough(head):
        return None
    if ends_in_form(head) or (found[1] and beside.city):
        return replace(parts, name=head, branch=found[2])
    return None


@cache
def _table() -> dict[str, list[str]]:
    found: dict[str, list[str]] = document("name_parts.yaml")
    return found


@cache
def _sure() -> frozenset[str]:
    """Return the words that a place nobody knows may follow."""
    return frozenset(map(compared, _table()["branches"]))


@cache
def _shops() -> frozenset[str]:
    """Return the words that are a branch only in front of a number."""
    return frozenset(map(compared, _table()["shops"]))


@cache
def _prepositions() -> frozenset[str]:
    return frozenset(_table()["before_places"])


@cache
def branch_words() -> frozenset[str]:
    """Return a word of every phrase for a branch that needs no number, in lower-case ASCII."""
    first = {phrase.split()[0] for phrase in _table()["branches"]}
    last = {phrase.split()[-1] for phrase in _table()["offices"]}
    return frozenset(to_ascii(word).lower() for word in first | last)


@cache
def _behind() -> re.Pattern[str]:
    """Return the pattern of a word for a branch behind a name."""
    phrases = [phrase for kind in ("branches", "offices", "shops") for phrase in _table()[kind]]
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(
        rf"[\s,(–-]+({'|'.join(map(re.escape, longest_first))})(?=\W|$)", re.IGNORECASE
    )


@cache
def _in_front() -> re.Pattern[str]:
    """Return the pattern of a word for a branch behind its place."""
    phrases = sorted(_table()["offices"], key=len, reverse=True)
    return re.compile(rf"[\s(]+({'|'.join(map(re.escape, phrases))})\W*$", re.IGNORECASE)
