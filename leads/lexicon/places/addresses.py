"""Find the postcode and city in an address written in one cell."""

from __future__ import annotations

import re
from typing import NamedTuple

from leads.lexicon.places.areas import area_country
from leads.lexicon.places.countries import country_code
from leads.lexicon.places.postcodes import postcode, postcode_country, state_fits_postcode

#: `60323 Frankfurt`, `A-1010 Wien`, `114 55 Stockholm`, `1012 AB Amsterdam`.
_CODE_AND_CITY = re.compile(
    r"(\d{4} ?[A-Z]{2}|(?:[A-Z]{1,3}-)?\d{4,5}|\d{3} \d{2}|\d{2}-\d{3})\s+([^\W\d][^\d,]{1,60})"
)
#: The Italian province behind a city.
_PROVINCE = re.compile(r"\s*\([A-Z]{2}\)$")
#: `TX 78701`, and the city in the part before it.
_STATE_AND_CODE = re.compile(r"([A-Z]{2})\s+(\d{5}(?:-\d{4})?)")
#: `London EC1A 1BB`, or the postcode alone.
_CITY_AND_CODE = re.compile(r"(?:([^\W\d][^\d,]{1,60}?)\s+)?([A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2})")


class AddressPlaces(NamedTuple):
    """What an address states besides the street."""

    postcode: str
    city: str | None
    country: str | None


def address_places(address: str, country: str | None) -> AddressPlaces | None:
    """Return the postcode with its city; None if the address has none, or several."""
    parts = [part.strip() for part in re.split(r"[,\n]", address)]
    found = [
        place
        for at in range(1, len(parts))
        if (place := _place(parts[at], parts[at - 1] if at > 1 else None, country))
    ]
    return found[0] if len(found) == 1 else None


def _place(part: str, before: str | None, country: str | None) -> AddressPlaces | None:
    if match := _CODE_AND_CITY.fullmatch(part):
        return _code_and_city(match[1], _PROVINCE.sub("", match[2]), country)
    if match := _STATE_AND_CODE.fullmatch(part):
        fits = country in (None, "US") and state_fits_postcode("US", match[1], match[2])
        return AddressPlaces(match[2], _city(before), "US") if fits else None
    if match := _CITY_AND_CODE.fullmatch(part):
        shown = postcode_country(match[2])
        fits = shown is not None and country in (None, shown)
        return AddressPlaces(match[2], match[1] or _city(before), shown) if fits else None
    return None


def _code_and_city(written: str, city: str, country: str | None) -> AddressPlaces | None:
    """Return the place of `D-34117 Kassel`, which shows its country, or of `34117 Kassel`."""
    shown = postcode_country(written) if "-" in written[1:4] and written[0].isalpha() else None
    if shown and country not in (None, shown):
        return None
    known = country or shown
    code = postcode(written, known) if known else None
    return AddressPlaces(code, city, known) if code else None


def _city(part: str | None) -> str | None:
    if part is None or any(map(str.isdigit, part)):
        return None
    return None if area_country(part) or country_code(part) else part
