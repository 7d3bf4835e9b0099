"""A place that a page names without a postcode, and what may be the name of a city."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from enrich.letters import CAPITALS
from enrich.postal_lines import may_be_city
from enrich.tables import words
from leads.lexicon.places.countries import country_code
from leads.lexicon.places.regions import city_country, state_by_name

LONGEST_CITY = 32
#: An initial (`Sarah M.`) is no part of a city; `St.` is.
_WORD = rf"(?:(?:St|Ste|Ft|Mt|Bad)\.|[{CAPITALS}][^\W\d_]{{1,30}}(?:[-'’][^\W\d_]{{1,30}}){{0,4}})"
CITY = rf"{_WORD}(?: (?:{_WORD}|de|la|le|du|of|am|an der|upon|del|di)){{0,3}}"


@dataclass(frozen=True, slots=True)
class Place:
    """A city with what is next to it; `start` and `end` are its position in the text."""

    street: str | None
    city: str
    region: str | None
    country: str | None
    start: int
    end: int


def is_no_city(name: str) -> bool:
    """Check that a name is of a country or state, too long, or begins with another word."""
    if is_area(name) or len(name) > LONGEST_CITY:
        return True
    folded = name.casefold()
    first = folded.partition(" ")[0]
    if folded in words("named_places")["directions"]:
        return True
    return not may_be_city(name) or first in words("named_places")["no_city"]


def is_area(name: str) -> bool:
    """Check for the name of a country or state that is not also a city's."""
    is_named = country_code(name) is not None or state_by_name(name) is not None
    return is_named and city_country(name) is None


@lru_cache(maxsize=1 << 13)
def large_city_country(name: str, hint: str | None) -> str | None:
    """Return the country of a large city whose name is neither another word nor a country's.

    `hint` is the country of the page: Perth is Australian on a page from there.
    """
    table = words("named_places")
    if country_code(name) is not None or name.casefold() in table["other_words"]:
        return None
    at_home = hint if name in table["cities_at_home"].get(hint, ()) else None
    return city_country(name) or _further().get(name.casefold()) or at_home


@cache
def _further() -> dict[str, str]:
    return {
        city.casefold(): country
        for country, cities in words("large_cities").items()
        for city in cities
    }
