"""Addresses as companies write them in English: `12 Sample Road, Kingsmere 2196, South Africa`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice

from enrich.letters import CAPITALS
from enrich.likely_country import is_year_of_copyright
from enrich.numbers import numbered
from enrich.places_in_text import countries_in
from enrich.postal_lines import CITY, MOST, Address, country_named, may_be_city
from enrich.streets import is_street, street_in, unlabelled
from enrich.tables import words
from leads.lexicon.places.countries import country_code
from leads.lexicon.places.regions import city_country

_REACH, _LONGEST_CITY, _SHORTEST_CAPITALS = 160, 36, 5
_BETWEEN = re.compile(r"(?:(?<!\s)\s+)?[,;\n\t|•·/]\s*|(?<!\s)\s+[-–—]\s+|  +")
_PROVINCE = re.compile(r" ?\([A-Z]{2}\)\W{0,3}\Z")
_CITY = re.compile(CITY)
_GLUE = re.compile(r"[\w.,/+-]")
#: After a postcode, a city: then it is not the one before that the postcode belongs to.
_FIRST = re.compile(rf" ?[–-]? {{0,2}}[{CAPITALS}][^\W\d_]")
#: `HRB 12345`, `VR 567`, `Register-Nr. 12345` are numbers of other kinds.
_LABEL = re.compile(r"\b(?:[Nn]r|[Nn]o|[Nn]um)\b")
_POSTCODE = re.compile(r"\d{5}")


def behind_city(text: str, hint: str | None) -> Iterator[Address]:
    """Find a street, its city and a postcode of a country that the page is from or names."""
    named = countries_in(text)
    for country, row in words("addresses")["behind_city"].items():
        if country not in named and (hint != country or "named" in row):
            continue
        for match in islice(numbered(_post(country), text), MOST * 2):
            address = _read(text, match, country, hint) if _may_be_last(text, match) else None
            if address is not None:
                yield address


def _may_be_last(text: str, match: re.Match[str]) -> bool:
    return (
        _GLUE.match(text[match.start() - 1 : match.start()]) is None
        and _FIRST.match(text, match.end()) is None
        and not is_year_of_copyright(text, match.start())
    )


def _read(text: str, match: re.Match[str], country: str, hint: str | None) -> Address | None:
    behind = country_named(text, match.end())
    if behind not in (None, country):
        return None

    begin = max(0, match.start() - _REACH)
    parts = list(_parts(text[begin : match.start()]))
    is_named = behind == country or _cut_country(parts, country)
    needs_name = hint != country or "named" in words("addresses")["behind_city"][country]
    if needs_name and not is_named:
        return None
    city = unlabelled(parts.pop()) if parts else ""
    street = _street(parts) if _is_city(city, country) else None
    if street is None:
        return None
    start = text.rfind(street.partition(",")[0], begin, match.start())
    return Address(
        street,
        match[0],
        city,
        None,
        country,
        stated=is_named,
        start=start if start >= 0 else match.start(),
        end=match.end(),
    )


# A page that names many countries is read for each of them.
@lru_cache(maxsize=1 << 6)
def _parts(before: str) -> tuple[str, ...]:
    cells = [_PROVINCE.sub("", part).strip(" .:()-–") for part in _BETWEEN.split(before)[-8:]]
    labels = words("addresses")["postcode_labels"]
    return tuple(cell for cell in cells if cell and cell.casefold() not in labels)


def _cut_country(parts: list[str], country: str) -> bool:
    """Take the country off the end of the parts; the name of Singapore is also the city's."""
    if not parts or len(parts[-1]) < 4 or country_code(parts[-1]) != country:
        return False
    if city_country(parts[-1]) != country:
        parts.pop()
    return True


def _street(parts: list[str]) -> str | None:
    """Return the street right before the city, or before its district."""
    if parts and _is_district(parts[-1]):
        parts = parts[:-1]
    street = street_in(", ".join(parts)) if parts else None
    if street is None or _POSTCODE.search(street, 1):
        return None
    is_whole = any(map(str.isdigit, street)) or street.casefold().endswith("s/n")
    return street if is_whole else None


def _is_district(part: str) -> bool:
    return _CITY.fullmatch(part) is not None and not is_street(part)


def _is_city(name: str, country: str) -> bool:
    return (
        len(name) <= _LONGEST_CITY
        and _CITY.fullmatch(name) is not None
        and not (name.isupper() and len(name) < _SHORTEST_CAPITALS)
        and _LABEL.search(name) is None
        and may_be_city(name)
        and (country_code(name) is None or city_country(name) == country)
        and not is_street(name)
    )


@cache
def _post(country: str) -> re.Pattern[str]:
    """Match a postcode at its first digit, which the look-behind follows."""
    post = words("addresses")["behind_city"][country]["post"]
    return re.compile(rf"\d(?<![\w.,/+-].){post}(?![\w-])(?!\.\d)")
