"""Misspelled legal forms at the end of a name: `Mogara Limted`, `Mogara Cio.,Ltd`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from string import ascii_lowercase

from leads.lexicon.names.legal_form_table import tables
from leads.lexicon.reference import document

#: `Mogara Cio.,Ltd`: nothing but Co. stands so in front of Ltd, also glued to the name.
_CO = re.compile(
    r"(?:(?P<stem>\b[a-z]{4,})co|(?:\b|&\s?)(?P<word>[a-z]{1,3}))\.,\s?(?=ltd|limited)",
    re.IGNORECASE,
)
_JOINED_CO = re.compile(r"&\s?(?P<word>[a-z]{1,3}),\s?(?=ltd|limited)", re.IGNORECASE)
#: The last part of a word, which begins with a capital: `MogaraLimted`.
_LAST_HUMP = re.compile(r"(?<=[a-z])[A-Z][a-z]{5,}\W*$")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of `leads/lexicon/data/form_slips.yaml`."""

    of_forms: tuple[str, ...]
    others: frozenset[str]
    surnames: frozenset[str]
    on_co: frozenset[str]


@cache
def _words() -> _Words:
    table = document("form_slips.yaml")
    on_co = chain.from_iterable(table["words_on_co"])
    return _Words(
        tuple(table["words"]),
        frozenset(table["other_words"]),
        frozenset(table["surnames"]),
        frozenset(on_co),
    )


@cache
def slips_of_forms() -> dict[str, str]:
    """Return the spellings with one slip of the long words of forms, each with its word."""
    forms, words = tables(), _words()
    known = forms.words_inside | forms.last_parts | words.others
    return {slip: word for word in words.of_forms for slip in _one_slip(word) if slip not in known}


def _one_slip(word: str) -> Iterator[str]:
    """Yield the spellings with a letter left out, swapped, changed or added; the first stays."""
    for at in range(1, len(word) + 1):
        before, behind = word[:at], word[at:]
        if behind:
            yield before + behind[1:]
            yield from (before + letter + behind[1:] for letter in ascii_lowercase)
        if len(behind) > 1:
            yield before + behind[1] + behind[0] + behind[2:]
        yield from (before + letter + behind for letter in ascii_lowercase)
    yield word[1] + word[0] + word[2:]


def with_forms_corrected(words: list[str]) -> list[str]:
    """Correct a slip of a form at the end of a name: `mogara limted`, `mogara compayn ltd`."""
    slips = slips_of_forms()
    if len(words) < 2:
        return words
    words = [*words[:-1], slips.get(words[-1], words[-1])]
    if len(words) > 2 and words[-1] in ("ltd", "limited"):
        company = slips.get(words[-2])
        if company:
            words = [*words[:-2], company, words[-1]]
    return words


def with_co_corrected(text: str) -> str:
    """Write Co. in front of a comma and Ltd as a word of its own, and without a slip."""
    if "," not in text:
        return text
    found = _CO.search(text) or _JOINED_CO.search(text)
    if found is None:
        return text

    parts = found.groupdict()
    word, stem = parts.get("word"), parts.get("stem") or ""
    name = text[: found.start()] + stem
    if not name.strip() or f"{stem}co".lower() in _words().on_co:
        return text

    joined = "& " if "&" in found[0] else ""
    if word and (not _is_co(word.lower()) or (joined and _is_partner(word.lower()))):
        return text
    return f"{name} {joined}Co., {text[found.end() :]}"


def _is_co(word: str) -> bool:
    """Check for `co` with at most one slip."""
    changed = len(word) == 2 and (word[0] == "c" or word[1] == "o" or word == "oc")
    return changed or word in ("c", "o") or (len(word) == 3 and _is_within("co", word))


def _is_partner(word: str) -> bool:
    """Check for a surname behind `&`: `Mogara & Ho, Ltd` and `Mogara & Cox, Ltd` are partners."""
    return word in _words().surnames or (word[0] != "c" and word not in ("o", "oc"))


def _is_within(short: str, word: str) -> bool:
    """Check for the letters of a short word in their order."""
    at = word.find(short[0])
    return at >= 0 and short[1] in word[at + 1 :]


def with_slip_apart(text: str) -> str:
    """Insert a space before a misspelled form that is glued to the name."""
    hump = _LAST_HUMP.search(text)
    if hump is None or hump[0].rstrip(" .,").lower() not in slips_of_forms():
        return text
    return f"{text[: hump.start()]} {hump[0]}"
