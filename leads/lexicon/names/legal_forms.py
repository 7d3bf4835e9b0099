"""Find legal forms (GmbH, Ltd, 株式会社 …) in names, and decide which are compatible."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from leads.lexicon.names.legal_form_table import GLUED_END, LegalForm, Tables, squash, tables

_INITIALS = re.compile(r"\W*(?:[A-Za-z](?:\.\s?|-|\s))+[A-Za-z]\b(?!')")
_AROUND_FORMS = ("the", "and", "und", "et", "og", "och", "ve", "y", "e", "u")
_WRITTEN = re.compile(r"[A-Za-z0-9]+")


#: Spellings are at most this many words ("sociedad de responsabilidad limitada de capital
#: variable").
_LONGEST = 8


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


@cache
def countries_of(group: str) -> frozenset[str]:
    """Return the countries that use a form of a group (alpha-2)."""
    forms = [form for form in tables().forms.values() if group in form.groups]
    return frozenset().union(*(form.countries for form in forms))


def is_form_of(form: str, country: str | None) -> bool:
    """Check whether a form is used in a country (alpha-2); False if the country is unknown."""
    known = tables().forms.get(form)
    return known is not None and country in known.countries


def starts_with_initials(written: str) -> bool:
    """Check for a name such as `P.T. Harkness` or `A-B-C Company`: single letters, not `A/S Foo`."""
    return bool(_INITIALS.match(written))


def is_form_in_front(
    form: str, spelling: str, rest: Sequence[str], behind: Sequence[str], written: str
) -> bool:
    """Check that a form before a name is no initials: `SAS Dupont`, but not `SAS Institute`."""
    found = tables()
    if starts_with_initials(written) or form in found.never_alone:
        return share_country(form, behind)
    if spelling not in found.initials:
        return True
    if any(map(groups_of, behind)):
        return share_country(form, behind)
    if not rest:
        return False
    return rest[-1] not in found.institutions and not found.ordinary.issuperset(rest)


def share_country(form: str, others: Sequence[str]) -> bool:
    """Check whether another form is used in a country of this one: `S.C. Acme S.R.L.` is Romanian."""
    known = tables().forms
    countries = known[form].countries if form in known else frozenset()
    return any(countries & known[other].countries for other in others if other in known)


def with_native_forms_apart(text: str) -> str:
    """Write forms of other scripts in ASCII (`株式会社ソニー` → `kabushiki kaisha ソニー`)."""
    found = tables()
    return found.native.sub(
        lambda match: found.native_names.get(match.group().casefold(), match.group()), text
    )


def without_native_forms(text: str) -> str:
    """Leave out forms of other scripts (`株式会社ソニー` → `ソニー`)."""
    return tables().native.sub(" ", text)


@cache
def words_of_forms() -> frozenset[str]:
    """Every word of a legal form, and those that stand around forms."""
    found = tables()
    return frozenset(
        (
            *found.words_inside,
            *found.last_parts,
            *found.first_parts,
            *found.first_of_sure,
            *found.last_of_states,
            *found.first_of_renames,
            *_AROUND_FORMS,
        )
    )


def form_at_end(words: Sequence[str], end: int, written: str) -> tuple[int, str] | None:
    """Find a legal form before `end`: its number of words and its name, or None.

    `words` are the folded words of a name; `written` is the name in its own case.
    """
    found = tables()
    spelling = words[end - 1]
    if spelling not in found.last_parts:
        return None
    name = found.at_end.get(spelling)
    best = (1, name) if name and _looks_like_form(found, spelling, end - 1, written) else None
    for start in range(end - 2, max(end - _LONGEST, 0) - 1, -1):
        spelling = words[start] + spelling
        if spelling not in found.last_parts:
            break
        if name := found.at_end.get(spelling):
            best = end - start, name
    return best


def form_at_start(
    words: Sequence[str], start: int, end: int, written: str
) -> tuple[int, str] | None:
    """Find a legal form at `start`: its number of words and its name, or None."""
    found = tables()
    spelling = words[start]
    if spelling not in found.first_parts:
        return None
    name = found.at_start.get(spelling)
    best = (1, name) if name and _looks_like_form(found, spelling, start, written) else None
    for last in range(start + 1, min(start + _LONGEST, end)):
        spelling += words[last]
        if spelling not in found.first_parts:
            break
        if name := found.at_start.get(spelling):
            best = last - start + 1, name
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
    found = tables()
    if word[-GLUED_END:] not in found.glued_ends:
        return None
    return next(
        (
            spelling
            for spelling in found.glued
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
