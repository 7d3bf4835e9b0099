"""Signs that something stands behind a name. Most names have none, and looking closely takes time."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from dedupe.branch_tail import branch_words
from dedupe.note_tail import last_words_of_notes
from dedupe.own_place_tail import may_end_in_own_city
from dedupe.words import words
from leads.lexicon.names.legal_form_table import tables
from leads.lexicon.places.place_names import last_words_of_cities
from leads.lexicon.transliterate import to_ascii

#: Most parts have one of these signs.
_SIGN = re.compile(r"[,/()\d–—;]|\s-")
#: A comma in front of a form is no sign: `Mogara, Inc.`.
_FORM = re.compile(
    r",\s?(?:inc|incorporated|corp|corporation|ltd|limited|llc|l\.l\.c|lp|l\.p|llp|plc)\.*$",
    re.IGNORECASE,
)


class _Signs(NamedTuple):
    """Words of parts in lower case."""

    branches: frozenset[str]
    notes: frozenset[str]
    #: The words that may end a city.
    cities: frozenset[str]
    #: All of these.
    every: frozenset[str]
    #: A place without a sign stands behind one of these words: a form, or a trade of one town.
    before_places: frozenset[str]


@cache
def _signs() -> _Signs:
    branches, notes, cities = branch_words(), last_words_of_notes(), last_words_of_cities()
    same, local = words().same, words().local
    shops = local | {word for word, unified in same.items() if unified in local}
    every = branches | notes | cities
    return _Signs(branches, notes, cities, every, tables().last_parts | shops)


def may_have_parts(text: str, city: str) -> bool:
    """Check for a sign in front of a part, or a word that may end one; `city` is the row's own."""
    if text.isascii() and text.replace(" ", "").isalpha():
        found = text.lower().split()
    elif has_sign(text):
        return _is_sign_of_part(text)
    else:
        found = to_ascii(text).lower().replace(".", "").split()
    if len(found) < 2:
        return False
    last = found[-1]
    if city and (last[:2] == city[:2] or last[-2:] == city[-2:]):
        return _ends_in_part(found, city)
    return not _signs().every.isdisjoint(found) and _ends_in_part(found, city)


def _ends_in_part(found: list[str], city: str) -> bool:
    """Check the words of a name for a branch, a note at the end, or a place behind a form."""
    signs, last = _signs(), found[-1]
    if last in signs.notes or not signs.branches.isdisjoint(found):
        return True
    place = (
        last in signs.cities or city.endswith(last) or (city and may_end_in_own_city(last, city))
    )
    return bool(place) and not signs.before_places.isdisjoint(found[:-1])


def has_sign(text: str) -> bool:
    """Check for a sign in front of a part: a comma, a dash, a bracket, a digit."""
    return not text.replace(" ", "").isalpha() and _SIGN.search(text) is not None


def _is_sign_of_part(text: str) -> bool:
    """Check a text with a sign for more than a comma in front of its form."""
    form = _FORM.search(text) if "," in text else None
    if form is None:
        return True
    head = text[: form.start()]
    return has_sign(head) or not _signs().branches.isdisjoint(to_ascii(head).lower().split())
