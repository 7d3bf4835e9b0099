"""Parse countries, regions and cities from location texts.

A country comes from its name or code, from an unambiguous state (`CA`, `Ontario`), or from a large
city in a short table. It never comes from a small city alone: a wrong country disqualifies a
company, a missing one only waits. `City, CC` needs care, because codes of states, provinces and
countries overlap (`Boston, MA`, `Munich, BY`, `Berlin, DE`; see `leads/lexicon/data/places.yaml`).
`Remote`, `Worldwide` and continents are not places.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from leads.lexicon.places.countries import CODES, compared
from leads.lexicon.places.place_text import pieces
from leads.lexicon.places.place_words import Kind, Word, is_area, read_words
from leads.lexicon.places.regions import is_no_place, states_by_code

_POSTCODE = re.compile(
    r"(?:\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|\b\d{3}-\d{4}|\b\d{4,6}(?:-\d{3,4})?)$"
)
#: `60314 Frankfurt am Main`, `A-1010 Wien`.
_POSTCODE_AND_CITY = re.compile(r"(?:[A-Z]{1,2}-)?\d{4,5}\s+(\D+)")
_OFFICE = re.compile(
    r"^(?:hq|headquarters?|remote)\s+|\s+(?:hq|headquarters?|head office|office)$", re.IGNORECASE
)
_LONGEST_TEXT = 5000
_LONGEST_CODE = 4
_AREAS = (Kind.COUNTRY, Kind.STATE, Kind.OPEN)


@dataclass(frozen=True, slots=True)
class Place:
    """A place as far as the text tells: alpha-2 `country`; US, CA and AU states in English."""

    country: str | None
    region: str | None
    city: str | None
    #: The source words.
    text: str


def parse_places(text: str) -> tuple[Place, ...]:
    """Parse the places of a text in order, each once; omit a bare country if it has a named place.

    Reads `San Francisco, CA, USA; Remote`, `Cambridge, UK / Paris`, `UK (London)`, line lists,
    addresses and prose. A place with an ambiguous country (`Rustavi, Georgia`) has None for it.
    Text without any hint of a country is not a place.
    """
    return _places(text[:_LONGEST_TEXT])


@lru_cache(maxsize=1 << 12)
def _places(text: str) -> tuple[Place, ...]:
    cleaned = (
        [part for raw in piece if (part := _cleaned(raw))] for piece in pieces(text, is_area)
    )
    parts = [piece for piece in cleaned if piece]
    if _only_codes(parts):
        codes = dict.fromkeys(code for piece in parts for code in piece)
        return tuple(Place(code, None, None, code) for code in codes)

    country_codes = _writes_country_codes(parts)
    return _once([place for piece in parts for place in _read(piece, country_codes=country_codes)])


def _once(found: list[Place]) -> tuple[Place, ...]:
    """Return each place once, without a bare country that has a named place."""
    inside = {place.country for place in found if place.region or place.city}
    unique: dict[tuple[str | None, ...], Place] = {}
    for place in found:
        if place.region or place.city or place.country not in inside:
            unique.setdefault((place.country, place.region, place.city), place)
    return tuple(unique.values())


def _cleaned(part: str) -> str:
    part = _OFFICE.sub("", _POSTCODE.sub("", part).strip(" .-#"))
    return "" if is_no_place(part) or not any(letter.isalpha() for letter in part) else part


def _only_codes(parts: list[list[str]]) -> bool:
    codes = [part for piece in parts for part in piece]
    return (
        bool(codes)
        and all(code in CODES for code in codes)
        and not all(states_by_code(code) for code in codes)
    )


def _writes_country_codes(parts: list[list[str]]) -> bool:
    """Check that places end in country codes (`Portland, US`) and in no code that is only a
    state's.
    """
    ends = {piece[-1] for piece in parts if len(piece) > 1}
    return any(end in CODES and not states_by_code(end) for end in ends) and not any(
        states_by_code(end) and end not in CODES for end in ends
    )


def _read(parts: list[str], *, country_codes: bool) -> list[Place]:
    """Parse one piece: names wait until a state or country to their right claims them."""
    words = read_words(parts, country_codes=country_codes)
    text = ", ".join(parts)
    if (inside := _country_first(words)) is not None:
        return [replace(place, text=text) for place in inside]
    found: list[Place] = []
    waiting: list[Word] = []
    last: Word | None = None
    for word in words:
        if word.kind not in _AREAS:
            waiting.append(word)
        elif waiting or not (
            last
            and last.kind is Kind.STATE
            and word.kind is Kind.COUNTRY
            and last.country == word.country
        ):
            found += _claimed(waiting, word)
            waiting = []
        last = word
    return [replace(place, text=text) for place in (*found, *_by_themselves(waiting))]


def _country_first(words: list[Word]) -> list[Place] | None:
    """Parse `India, Gurgaon` or `Spain, Madrid, Zaragoza`: a country, then one name or cities."""
    if len(words) < 2 or words[0].kind is not Kind.COUNTRY:
        return None
    country, names = words[0].country, words[1:]
    fits = all(name.kind is Kind.CITY and name.country == country for name in names) or [
        name.kind for name in names
    ] == [Kind.NAME]
    return [Place(country, None, _city(name), "") for name in names] if fits else None


def _claimed(waiting: list[Word], area: Word) -> list[Place]:
    """Assign an area to the names before it; large cities of other countries stay separate."""
    start = len(waiting)
    while start and not _is_elsewhere(waiting[start - 1], area, beside=start == len(waiting)):
        start -= 1
    others, names = _by_themselves(waiting[:start]), waiting[start:]
    cities = list(
        {
            compared(name.text): name
            for name in names
            if name.kind is Kind.CITY and name.country == area.country
        }.values()
    )
    if len(cities) > 1:
        return others + [Place(area.country, None, city.text, "") for city in cities]
    if not names:
        return others + ([Place(area.country, area.region, None, "")] if area.country else [])
    return [*others, _place(names, cities, area)]


def _place(names: list[Word], cities: list[Word], area: Word) -> Place:
    """Build a place from names in order from street to region, and their area."""
    texts = [_city(name) for name in names]
    if postcode := _POSTCODE_AND_CITY.fullmatch(names[-1].text):
        return Place(area.country, area.region, postcode[1], "")
    if area.region is not None:
        return Place(area.country, area.region, texts[-1], "")
    if cities:
        region = texts[-1] if names[-1].kind is Kind.NAME else None
        return Place(area.country, region, cities[0].text, "")
    if len(names) == 1:
        return Place(area.country, None, texts[0], "")
    if len(names) == 2 and texts[0]:
        return Place(area.country, texts[1], texts[0], "")
    return Place(area.country, None, texts[-1] if texts[0] is None else None, "")


def _is_elsewhere(name: Word, area: Word, *, beside: bool) -> bool:
    if name.kind is not Kind.CITY or name.country == area.country:
        return False
    return area.kind is Kind.COUNTRY or not beside


def _by_themselves(names: list[Word]) -> list[Place]:
    return [Place(name.country, None, name.text, "") for name in names if name.kind is Kind.CITY]


def _city(name: Word) -> str | None:
    """Return the name, unless digits show a street or capitals show a code."""
    is_code = name.kind is Kind.NAME and name.text.isupper() and len(name.text) <= _LONGEST_CODE
    return None if is_code or any(letter.isdigit() for letter in name.text) else name.text
