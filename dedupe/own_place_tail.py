"""Split off the row's own city or country where the name repeats it with a slip, glued or cut off."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from dedupe.name_parts import Beside, NameParts, ends_in_form, place_key, says_enough
from leads.lexicon.names.legal_form_table import tables
from leads.lexicon.names.legal_forms import legal_form
from leads.lexicon.places.countries import country_names

#: The last brackets of a name; a column may have cut them off before they close.
_BRACKETS = re.compile(r"\s*\(([^()]{3,60})(?:\)|$)")
#: Shorter places with a slip are other words.
_SLIP = 5
#: Fewer letters are the beginning of many words.
_CUT = 4
#: A place behind a legal form has at most three words.
_MOST_WORDS = 3


def split_own_place(parts: NameParts, beside: Beside) -> NameParts | None:
    """Split off the own country in brackets, or the own city in brackets or behind a legal form."""
    if "(" in parts.name:
        return _in_brackets(parts, beside)
    return _behind_form(parts, beside) if beside.city else None


def _in_brackets(parts: NameParts, beside: Beside) -> NameParts | None:
    """Split off brackets at the end, or in front of a legal form."""
    found = _BRACKETS.search(parts.name)
    if found is None:
        return None
    head, tail = parts.name[: found.start()], parts.name[found.end() :].strip()
    if not says_enough(head) or (tail and legal_form(tail) is None):
        return None

    name, inside = f"{head} {tail}".rstrip(), _glued(found[1])
    cut = not found[0].endswith(")")
    if code := _of_glued_country(found[1]):
        return replace(parts, name=name, country=parts.country or code)
    if any(_repeats(inside, own, cut=cut) for own in _names_of(beside.country)):
        return replace(parts, name=name)
    if _repeats(inside, beside.city.replace(" ", ""), cut=cut):
        return replace(parts, name=name, branch=parts.branch or beside.city)
    return None


def _behind_form(parts: NameParts, beside: Beside) -> NameParts | None:
    ends = parts.name.rsplit(None, _MOST_WORDS)
    for count in range(1, len(ends)):
        head, tail = " ".join(ends[:-count]), _glued("".join(ends[-count:]))
        if not _repeats(tail, beside.city.replace(" ", ""), cut=True) or not ends_in_form(head):
            continue
        if says_enough(head):
            return replace(parts, name=head.rstrip(" ,-–"), branch=parts.branch or beside.city)
    return None


def may_end_in_own_city(last: str, city: str) -> bool:
    """Check for a last word that begins or ends as the own city does, which is fast."""
    return len(last) >= _CUT and (last[:2] == city[:2] or last[-2:] == city[-2:])


def _repeats(text: str, place: str, *, cut: bool) -> bool:
    """Check for a place with one slip, or `cut` off; `text` and `place` are without spaces."""
    if len(place) < _SLIP or len(text) < _CUT:
        return False
    return (cut and place.startswith(text)) or OSA.distance(text, place, score_cutoff=1) <= 1


@lru_cache(maxsize=10_000)
def _glued(text: str) -> str:
    return place_key(text).replace(" ", "")


@cache
def _glued_countries() -> dict[str, str]:
    """Return the code of each country whose name has several words, by the name without spaces."""
    return {
        name.replace(" ", ""): code
        for name, code in country_names().items()
        if code and " " in name
    }


def _of_glued_country(text: str) -> str:
    """Return the code of a country of several words that are written as one; empty for others."""
    return "" if " " in text.strip() else _glued_countries().get(_glued(text), "")


@cache
def _names_of(code: str) -> tuple[str, ...]:
    """Return the names of a country without spaces, and without those of its parts."""
    of_parts = tables().parts_of_countries
    names = [name for name, of in country_names().items() if of == code and name not in of_parts]
    return tuple(name.replace(" ", "") for name in names if code)
