"""Legal forms (GmbH, Ltd, 株式会社 …): find them in names, and decide which are compatible.

The table is `leads/lexicon/data/legal_forms.yaml`. Spellings are compared without case, accents,
dots and spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from leads.lexicon.reference import document
from leads.lexicon.transliterate import compatible, to_ascii

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_WRITTEN = re.compile(r"[A-Za-z0-9]+")
_JOINED = {
    "und": "and",
    "et": "and",
    "og": "and",
    "och": "and",
    "ve": "and",
    "y": "and",
    "e": "and",
}
#: Spellings are at most this many words ("sociedad de responsabilidad limitada de capital
#: variable").
_LONGEST = 8


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
    words: frozenset[str]
    sure: dict[str, str]
    first_of_sure: frozenset[str]
    glued: tuple[str, ...]
    #: Lengths in letters of the forms that end (or begin) with a word, by that word.
    last_parts: Mapping[str, frozenset[int]]
    first_parts: Mapping[str, frozenset[int]]
    native: re.Pattern[str]
    native_names: dict[str, str]
    states: frozenset[str]
    last_of_states: frozenset[str]
    renames: re.Pattern[str]
    first_of_renames: frozenset[str]
    renames_in_brackets: re.Pattern[str]
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
    forms: dict[str, LegalForm] = {}
    at_end: dict[str, str] = {}
    at_start: dict[str, str] = {}
    native: dict[str, str] = {}
    words: set[str] = set()
    sure: dict[str, str] = {}
    glued: list[str] = []
    for key, row in data["forms"].items():
        name = key.removesuffix(" front")
        forms.setdefault(
            name, LegalForm(name, frozenset(row["in"]), _groups(row.get("group", name)))
        )
        plain = [squash(spelling) for spelling in row.get("spellings", ())]
        ambiguous = [squash(spelling) for spelling in row.get("word", ())]
        words.update(ambiguous)
        for spelling in plain + ambiguous:
            if not row.get("only_start"):
                at_end.setdefault(spelling, name)
            if row.get("start") or row.get("only_start"):
                at_start.setdefault(spelling, name)
        if row.get("sure"):
            sure.update(dict.fromkeys(plain, name))
        if row.get("glued"):
            glued += [spelling for spelling in plain if 3 < len(spelling) < 9]
        native |= dict.fromkeys(
            map(compatible, row.get("native", ())), (row.get("spellings") or row["word"])[0]
        )
    longest_first = sorted(native, key=len, reverse=True)
    states = frozenset(squash(state) for state in data["states"])
    return Tables(
        forms=forms,
        at_end=at_end,
        at_start=at_start,
        words=frozenset(words),
        sure=sure,
        first_of_sure=frozenset(_first_words(data["forms"])),
        glued=tuple(sorted(set(glued), key=len, reverse=True)),
        last_parts=_sizes(
            (spelling[at:], spelling) for spelling in at_end for at in range(len(spelling))
        ),
        first_parts=_sizes(
            (spelling[:at], spelling) for spelling in at_start for at in range(1, len(spelling) + 1)
        ),
        native=re.compile("|".join(map(_native_pattern, longest_first)), re.IGNORECASE),
        native_names={spelling.casefold(): f" {name} " for spelling, name in native.items()},
        states=states,
        last_of_states=frozenset(state[at:] for state in states for at in range(len(state))),
        renames=re.compile(
            rf"(?<=\w)\W+(?:{'|'.join(map(re.escape, data['renames']))})\b[\W_]*", re.IGNORECASE
        ),
        first_of_renames=frozenset(_NOT_WORD.split(phrase)[0] for phrase in data["renames"]),
        renames_in_brackets=re.compile(
            rf"(?:{'|'.join(map(re.escape, data['renames'] + data['renames_in_brackets']))})\b\W*",
            re.IGNORECASE,
        ),
        numbered=frozenset(data["numbered"]),
        parts_of_countries=frozenset(data["parts_of_countries"]),
    )


def _sizes(parts: Iterable[tuple[str, str]]) -> dict[str, frozenset[int]]:
    """Return the spelling lengths in letters, by part."""
    found: dict[str, set[int]] = {}
    for part, spelling in parts:
        found.setdefault(part, set()).add(len(spelling))
    return {part: frozenset(sizes) for part, sizes in found.items()}


def _native_pattern(spelling: str) -> str:
    """Build a pattern: forms are glued to the name in scripts without spaces, else separate
    words.
    """
    spaceless = any(
        "\u0e00" <= letter <= "\u0eff" or "\u3000" <= letter <= "\ud7ff" for letter in spelling
    )
    return re.escape(spelling) if spaceless else rf"(?<!\w){re.escape(spelling)}(?!\w)"


def _first_words(rows: dict[str, Any]) -> set[str]:
    """Return the first words of forms that are recognised anywhere in a name."""
    sure = [spelling for row in rows.values() if row.get("sure") for spelling in row["spellings"]]
    return {_NOT_WORD.split(to_ascii(spelling).lower())[0] for spelling in sure} | {
        squash(spelling) for spelling in sure
    }


def legal_form(text: str) -> LegalForm | None:
    """Parse a text that is only a legal form (`Private Limited Company`, `GmbH`), else None."""
    found = tables()
    spelling = squash(text[:120])
    name = found.at_end.get(spelling) or found.at_start.get(spelling)
    return found.forms[name] if name else None


def groups_of(form: str) -> tuple[str, ...]:
    """Return a form's groups. Forms with no common group differ; no groups means no evidence
    (Co.).
    """
    known = tables().forms.get(form)
    return known.groups if known else (form,)


def _groups(text: str) -> tuple[str, ...]:
    return () if text == "any" else tuple(group.strip() for group in text.split(","))


def with_native_forms_apart(text: str) -> str:
    """Write forms of other scripts in ASCII (`株式会社ソニー` → `kabushiki kaisha ソニー`)."""
    found = tables()
    return found.native.sub(
        lambda match: found.native_names.get(match.group().casefold(), match.group()), text
    )


def form_at_end(words: Sequence[str], end: int, written: str) -> tuple[int, str] | None:
    """Find a legal form before `end`: its number of words and its name, or None.

    `words` are the folded words of a name; `written` is the name in its own case.
    """
    found = tables()
    sizes = found.last_parts.get(words[end - 1])
    if sizes is None:
        return None
    best, size = None, 0
    for length in range(1, min(_LONGEST, end) + 1):
        size += len(words[end - length])
        # Joining words costs more than adding their lengths, and rarely finds a form.
        if size in sizes:
            name = found.at_end.get("".join(words[end - length : end]))
            if name and (length > 1 or _looks_like_form(found, words[end - 1], end - 1, written)):
                best = length, name
    return best


def form_at_start(
    words: Sequence[str], start: int, end: int, written: str
) -> tuple[int, str] | None:
    """Find a legal form at `start`: its number of words and its name, or None."""
    found = tables()
    sizes = found.first_parts.get(words[start])
    if sizes is None:
        return None
    best, size = None, 0
    for length in range(1, min(_LONGEST, end - start) + 1):
        size += len(words[start + length - 1])
        if size in sizes:
            name = found.at_start.get("".join(words[start : start + length]))
            if name and (length > 1 or _looks_like_form(found, words[start], start, written)):
                best = length, name
    return best


def form_inside(words: Sequence[str]) -> tuple[int, int, str] | None:
    """Find an unambiguous form inside a name (`Acme GmbH Berlin`): start, end and name."""
    found = tables()
    if found.first_of_sure.isdisjoint(words):
        return None
    for start in range(1, len(words)):
        if words[start] in found.first_of_sure:
            for end in range(min(len(words), start + _LONGEST), start, -1):
                name = found.sure.get("".join(words[start:end]))
                if name:
                    return start, end, name
    return None


def glued_form(word: str) -> str | None:
    """Find an unambiguous form at the end of a longer word (`systemtechnikgmbh`), or None."""
    glued = tables().glued
    if not word.endswith(glued):
        return None
    return next(
        (
            spelling
            for spelling in glued
            if word.endswith(spelling) and len(word) >= len(spelling) + 3
        ),
        None,
    )


def _looks_like_form(found: Tables, word: str, at: int, name: str) -> bool:
    """Accept an ordinary word as a form only if its capitals stand out (SpA, not Day Spa)."""
    if word not in found.words:
        return True
    written = _WRITTEN.findall(name)
    return any(letter.isupper() for letter in written[at][1:]) and not all(
        map(str.isupper, written)
    )
