"""Addresses with the postcode before the city."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from enrich.likely_country import is_year_of_copyright
from enrich.numbers import numbered
from enrich.postal_lines import (
    CITY,
    MOST,
    Address,
    country_named,
    may_be_city,
    street_after,
    street_before,
)
from enrich.tables import words
from leads.lexicon.places.countries import country_code
from leads.lexicon.places.regions import city_country, is_province_code

_CITY_TAIL = re.compile(r"(?<!\s)\s+(?:(?:cedex|cidex)\b|\d).*", re.IGNORECASE)
#: The pattern begins with a digit; preceding text is checked from there.
_BEFORE_CITY = re.compile(
    r"(?P<post>\d(?:\d{4,5}|\d{3}-\d{3}|\d{3}(?: ?[A-Z]{2}(?= ))?|\d{2}"
    rf" \d{{2}}|\d-\d{{3}}))(?: {{1,2}}|(?P<mark> ?[–-] |, |\n|\t)(?! ))(?P<city>{CITY})"
)
_INITIAL = re.compile(r"\b[a-z]\. ?[A-Z]\.\Z")
_PREFIX = re.compile(r"(?:^|[^\w.,/+-])(?P<prefix>[A-Z]{1,3})[-– ]{1,3}\Z")
#: Before a postcode, these make it part of another number or word.
_GLUE = tuple("0123456789.,/+-–_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


def before_city(text: str, hint: str | None) -> Iterator[Address]:
    """Find `10115 Berlin`, `D-10115 Berlin`, `1011 AB Amsterdam`, `00-950 Warszawa`."""
    for match in islice(numbered(_BEFORE_CITY, text), MOST * 3):
        address = _read_before_city(text, match, hint)
        if address is not None:
            yield address


def _read_before_city(text: str, match: re.Match[str], hint: str | None) -> Address | None:
    lead = _PREFIX.search(text, max(0, match.start() - 8), match.start())
    city = _city_behind(text, match, lead)
    if city is None:
        return None

    shape = _shape(match["post"])
    prefix = _prefixes().get(lead["prefix"]) if lead else None
    named = country_named(text, match.end())
    if named is None and " " in city:
        named = country_named(city, city.rfind(" "))
    stated = _first_of_shape(shape, (prefix, named, _country_of_shape(shape)))
    country = stated or _first_of_shape(shape, (hint,))
    if country is None:
        return None

    begin = _begin(lead, match)
    is_sure = prefix == country or hint in (None, country)
    street, end = _street_and_end(text, begin, match.end("city"), behind=is_sure)
    is_weak = match["mark"] is not None or (not prefix and _is_common(shape, country, hint))
    if street is None and is_weak:
        return None
    return Address(
        street=street,
        postcode=_with_space(match["post"], shape),
        city=_without_province(_without_country(city, named), country),
        region=None,
        country=country,
        stated=stated is not None,
        start=match.start(),
        end=end,
    )


def _city_behind(text: str, match: re.Match[str], lead: re.Match[str] | None) -> str | None:
    """Return the city after a postcode; None after another number, for a label and other words."""
    if lead is None and not _may_be_postcode(text, match.start()):
        return None
    city = _without_mark(_CITY_TAIL.sub("", match["city"]))
    is_city = len(city) > 1 and may_be_city(city) and not text.startswith(":", match.end())
    return city if is_city else None


def _without_mark(city: str) -> str:
    """Cut the marks off the end of a city, but not the dot of `Frankfurt a.M.`."""
    return city.strip(" ,") if _INITIAL.search(city) else city.strip(" .,-–")


def _begin(lead: re.Match[str] | None, match: re.Match[str]) -> int:
    """Return where the postcode begins, its prefix included."""
    return lead.start("prefix") if lead else match.start()


def _street_and_end(text: str, begin: int, end: int, *, behind: bool) -> tuple[str | None, int]:
    """Return the street before a postcode or, if allowed, after the city, and where it ends."""
    before = street_before(text, begin)
    if before or not behind:
        return before, end
    return street_after(text, end) or (None, end)


def _may_be_postcode(text: str, start: int) -> bool:
    """Check that the number at `start` is neither part of another nor a year of copyright."""
    return text[start - 1 : start] not in _GLUE and not is_year_of_copyright(text, start)


def _with_space(postcode: str, shape: str) -> str:
    """Write a Dutch postcode with its space (`1015AB` → `1015 AB`)."""
    return f"{postcode[:4]} {postcode[-2:]}" if shape == "9999 AA" else postcode


def _first_of_shape(shape: str, countries: Iterable[str | None]) -> str | None:
    """Return the first country whose postcodes have this shape."""
    return next((code for code in countries if code and _shape_of(code) == shape), None)


def _is_common(shape: str, country: str, hint: str | None) -> bool:
    """Check whether other numbers of the page may look like such a postcode."""
    return shape in {"9999", "99999"} or country != hint


def _without_country(city: str, named: str | None) -> str:
    """Cut the country that the text names off the end of a city (`Wien Austria`)."""
    name, _, last = city.rpartition(" ")
    is_named = named and name and country_code(last) and city_country(city) != named
    return name if is_named else city


def _without_province(city: str, country: str) -> str:
    """Cut the code of an Italian or Spanish province off the end of a city (`Milano MI`)."""
    name, _, last = city.rpartition(" ")
    return name if name and is_province_code(country, last) else city


def _countries() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = words("addresses")["before_city"]
    return table


def _country_of_shape(shape: str) -> str | None:
    """Return the country that alone has postcodes of this shape; None if several do."""
    rows = _countries().items()
    return next((code for code, row in rows if row["shape"] == shape and "self" in row), None)


def _shape_of(country: str) -> str | None:
    row = _countries().get(country)
    return row["shape"] if row else None


def _shape(postcode: str) -> str:
    """Replace each digit by 9 and each letter by A (`1015AB` → `9999 AA`)."""
    shape = "".join(
        "9" if letter.isdigit() else "A" if letter.isalpha() else letter for letter in postcode
    )
    return "9999 AA" if shape == "9999AA" else shape


@cache
def _prefixes() -> dict[str, str]:
    return {prefix: country for country, row in _countries().items() for prefix in row["prefix"]}
