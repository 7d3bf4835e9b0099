"""The parts of a name in one cell, and the checks that the splits of a name share."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from dedupe.data_files import document
from dedupe.words import words
from leads.lexicon.names.company_names import parse_name
from leads.lexicon.names.legal_forms import form_at_end, groups_of, legal_form
from leads.lexicon.places.countries import compared
from leads.lexicon.places.place_names import is_city, last_words_of_cities
from leads.lexicon.transliterate import to_ascii

_WORD = re.compile(r"[A-Za-z0-9]+")
#: A place behind a name has at most four words.
_MOST_WORDS = 4
#: What `strip` takes from the ends of a part.
EDGES = " .,;()-–—"


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name as one cell states it; a part that is not stated is empty."""

    #: The name with its legal form, without the other parts.
    name: str
    seat: str = ""
    #: ISO 3166-1 alpha-2.
    country: str = ""
    #: The place or number of a branch or shop.
    branch: str = ""
    address: str = ""
    #: Another full name in brackets behind the legal form.
    alias: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known beside a name: the row's city and country, and the places of the whole list."""

    #: The row's city, as `compared` writes it.
    city: str = ""
    #: Cities of all rows, as `compared` writes them.
    places: frozenset[str] = frozenset()
    #: The last words of `places`.
    last_words: frozenset[str] = frozenset()
    #: The code of the row's country.
    country: str = ""

    @classmethod
    def of(cls, city: str, places: frozenset[str], country: str = "") -> Beside:
        """Return what is known beside a name, from the row's city and the keys of all places."""
        return cls(place_key(city), places, _last_words(places), country)

    def is_place(self, text: str) -> bool:
        """Check for a city that the table or another row knows, or for the shape of one."""
        key = place_key(text)
        if not key or key.isdigit():
            return False
        return key in self.places or is_known_city(text) or key.rpartition(" ")[2] in _ends()

    def may_end_in_place(self, text: str) -> bool:
        """Check the last word alone, which is fast: True unless the text ends in no known place."""
        last = place_key(text.rpartition(" ")[2])
        if not last or last == self.city.rpartition(" ")[2]:
            return True
        return last in self.last_words or last in last_words_of_cities() or last in _ends()

    def is_own_city(self, text: str) -> bool:
        """Check for the row's own city."""
        return bool(self.city) and place_key(text) == self.city


#: Returns the parts with one more split off; None if there is nothing to split off.
Split = Callable[[NameParts, Beside], NameParts | None]


@cache
def _ends() -> frozenset[str]:
    """Return the words that end the name of a district or town: `Tsuzuki Ku`."""
    return frozenset(document("name_parts.yaml")["ends_of_places"])


@cache
def _vehicles() -> frozenset[str]:
    return frozenset(document("name_parts.yaml")["vehicles"])


@lru_cache(maxsize=4)
def _last_words(places: frozenset[str]) -> frozenset[str]:
    return frozenset(place.rpartition(" ")[2] for place in places)


@lru_cache(maxsize=50_000)
def place_key(text: str) -> str:
    """Return a place as `compared` writes it."""
    return compared(text)


@lru_cache(maxsize=50_000)
def is_known_city(text: str) -> bool:
    """Check whether the city table has the name."""
    return is_city(text)


def ends_in_form(text: str) -> bool:
    """Check for a legal form at the end that says more than "company"."""
    return bool(form_behind(text))


@lru_cache(maxsize=5_000)
def form_behind(text: str) -> str:
    """Return the legal form at the end of a name; empty for none, and for "company"."""
    tokens = _WORD.findall(to_ascii(text).lower())
    found = form_at_end(tokens, len(tokens), to_ascii(text)) if len(tokens) > 1 else None
    if found is None or not groups_of(found[1]) or found[0] >= len(tokens):
        return ""
    return found[1]


@lru_cache(maxsize=5_000)
def says_enough(head: str) -> bool:
    """Check for a word besides trades: `Audio Co., Ltd.` is no whole name without what follows.

    Two trades and a form are a whole name: `Steel Dynamics Corp`.
    """
    caps, same = words().caps, words().same
    tokens = parse_name(head).tokens
    if any(
        len(word) > 1 and same.get(word, word) not in caps and not is_known_city(word)
        for word in tokens
    ):
        return True
    return len(tokens) > 1 and ends_in_form(head)


@lru_cache(maxsize=50_000)
def may_be_place(tail: str) -> bool:
    """Check for a text that may be a place: words without digits, and no legal form."""
    if not tail or any(map(str.isdigit, tail)) or len(tail.split()) > _MOST_WORDS:
        return False
    if legal_form(tail) or tail.rsplit(None, 1)[-1].lower() in _vehicles():
        return False
    named = parse_name(f"x {tail}")
    return not named.others and not named.forms
