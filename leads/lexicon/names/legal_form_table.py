"""The table of legal forms, `leads/lexicon/data/legal_forms.yaml`, indexed by spelling.

Spellings are compared without case, accents, dots and spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from leads.lexicon.reference import document
from leads.lexicon.transliterate import compatible, to_ascii

_NOT_WORD = re.compile(r"[^a-z0-9]+")
#: The letters of an end that a glued form is looked up by; every glued form has more.
GLUED_END = 3
_JOINED = {
    "und": "and",
    "et": "and",
    "og": "and",
    "och": "and",
    "ve": "and",
    "y": "and",
    "e": "and",
}


@dataclass(frozen=True, slots=True)
class LegalForm:
    """One legal form: canonical name, countries, and the forms it is compatible with."""

    name: str
    countries: frozenset[str]
    #: Forms that share a group may be spellings or translations of each other. Words that do not
    #: identify a form have no group.
    groups: tuple[str, ...]


class Tables(NamedTuple):
    """The forms indexed by squashed spelling."""

    forms: dict[str, LegalForm]
    at_end: dict[str, str]
    at_start: dict[str, str]
    #: Every word of a spelling of several words.
    words_inside: frozenset[str]
    words: frozenset[str]
    sure: dict[str, str]
    first_of_sure: frozenset[str]
    glued: tuple[str, ...]
    #: The last letters of `glued`: most words end in none of them.
    glued_ends: frozenset[str]
    #: Every end of a spelling in `at_end`, and every beginning of one in `at_start`.
    last_parts: frozenset[str]
    first_parts: frozenset[str]
    native: re.Pattern[str]
    native_names: dict[str, str]
    states: frozenset[str]
    last_of_states: frozenset[str]
    renames: re.Pattern[str]
    first_of_renames: frozenset[str]
    renames_behind_forms: re.Pattern[str]
    renames_in_brackets: re.Pattern[str]
    initials: frozenset[str]
    never_alone: frozenset[str]
    ordinary: frozenset[str]
    institutions: frozenset[str]
    numbered: frozenset[str]
    parts_of_countries: frozenset[str]


def squash(spelling: str) -> str:
    """Normalise a spelling: no case, accents, dots or spaces, and one form of "and"."""
    words = _NOT_WORD.sub(
        " ", to_ascii(spelling).lower().replace("&", " and ").replace(".", "").replace("'", "")
    ).split()
    return "".join(
        _JOINED.get(word, word) if 0 < at < len(words) - 1 or word == "et" else word
        for at, word in enumerate(words)
    )


@cache
def tables() -> Tables:
    """Load the table once."""
    data: dict[str, Any] = document("legal_forms.yaml")
    spellings = _Spellings()
    for key, row in data["forms"].items():
        spellings.add(key.removesuffix(" front"), row)

    longest_first = sorted(spellings.native, key=len, reverse=True)
    states = frozenset(squash(state) for state in data["states"])
    renames, behind_forms, at_start = (
        sorted(map(_ascii, data[key]), key=len, reverse=True)
        for key in ("renames", "renames_in_brackets", "renames_at_start")
    )
    in_brackets = sorted([*renames, *behind_forms, *at_start], key=len, reverse=True)
    return Tables(
        forms=spellings.forms,
        at_end=spellings.at_end,
        at_start=spellings.at_start,
        words_inside=frozenset(_words_inside(data["forms"])),
        words=frozenset(spellings.words),
        sure=spellings.sure,
        first_of_sure=frozenset(_first_words(data["forms"])),
        glued=tuple(sorted(set(spellings.glued), key=len, reverse=True)),
        glued_ends=frozenset(spelling[-GLUED_END:] for spelling in spellings.glued),
        last_parts=_ends(spellings.at_end),
        first_parts=_beginnings(spellings.at_start),
        native=re.compile("|".join(map(_native_pattern, longest_first)), re.IGNORECASE),
        native_names={
            spelling.casefold(): f" {name} " for spelling, name in spellings.native.items()
        },
        states=states,
        last_of_states=_ends(states),
        renames=_between(renames),
        renames_behind_forms=_between(behind_forms),
        first_of_renames=frozenset(
            _NOT_WORD.split(phrase)[0] for phrase in (*renames, *behind_forms)
        ),
        renames_in_brackets=re.compile(
            rf"(?:{'|'.join(map(re.escape, in_brackets))})\b\W*", re.IGNORECASE
        ),
        initials=frozenset(data["initials"]),
        never_alone=frozenset(data["never_alone"]),
        ordinary=frozenset(data["ordinary"]),
        institutions=frozenset(data["institutions"]),
        numbered=frozenset(data["numbered"]),
        parts_of_countries=frozenset(data["parts_of_countries"]),
    )


def _ascii(phrase: str) -> str:
    return to_ascii(phrase).lower()


def _between(phrases: list[str]) -> re.Pattern[str]:
    """Build the pattern of phrases between two names."""
    return re.compile(rf"(?<=\w)\W+(?:{'|'.join(map(re.escape, phrases))})\b[\W_]*", re.IGNORECASE)


@dataclass(slots=True)
class _Spellings:
    """The forms of the table and their squashed spellings, collected row by row."""

    forms: dict[str, LegalForm] = field(default_factory=dict)
    at_end: dict[str, str] = field(default_factory=dict)
    at_start: dict[str, str] = field(default_factory=dict)
    native: dict[str, str] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    sure: dict[str, str] = field(default_factory=dict)
    glued: list[str] = field(default_factory=list)

    def add(self, name: str, row: dict[str, Any]) -> None:
        """Add one row; the first row of a form or spelling wins."""
        form = LegalForm(name, frozenset(row["in"]), _groups(row.get("group", name)))
        self.forms.setdefault(name, form)

        plain = [squash(spelling) for spelling in row.get("spellings", ())]
        ambiguous = [squash(spelling) for spelling in row.get("word", ())]
        self.words.update(ambiguous)
        for spelling in plain + ambiguous:
            if not row.get("only_start"):
                self.at_end.setdefault(spelling, name)
            if row.get("start") or row.get("only_start"):
                self.at_start.setdefault(spelling, name)

        if row.get("sure"):
            self.sure.update(dict.fromkeys(plain, name))
        if row.get("glued"):
            self.glued += [spelling for spelling in plain if 3 < len(spelling) < 9]
        native = map(compatible, row.get("native", ()))
        self.native |= dict.fromkeys(native, (row.get("spellings") or row["word"])[0])


def _ends(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(text[at:] for text in texts for at in range(len(text)))


def _beginnings(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(text[: at + 1] for text in texts for at in range(len(text)))


def _native_pattern(spelling: str) -> str:
    """Build a pattern: forms are glued to the name in scripts without spaces, else separate
    words.
    """
    spaceless = any(
        "\u0e00" <= letter <= "\u0eff" or "\u3000" <= letter <= "\ud7ff" for letter in spelling
    )
    return re.escape(spelling) if spaceless else rf"(?<!\w){re.escape(spelling)}(?!\w)"


def _words_inside(rows: dict[str, Any]) -> Iterator[str]:
    for row in rows.values():
        for spelling in (*row.get("spellings", ()), *row.get("word", ())):
            yield from _NOT_WORD.split(to_ascii(spelling).lower())


def _first_words(rows: dict[str, Any]) -> set[str]:
    """Return the first words of forms that are recognised anywhere in a name."""
    sure = [spelling for row in rows.values() if row.get("sure") for spelling in row["spellings"]]
    return {_NOT_WORD.split(to_ascii(spelling).lower())[0] for spelling in sure} | {
        squash(spelling) for spelling in sure
    }


def _groups(text: str) -> tuple[str, ...]:
    return () if text == "any" else tuple(group.strip() for group in text.split(","))
