"""The address that meta tags state, such as `geo.placename` and `og:locality`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enrich.extracted import ExtractedFact
from enrich.markup import Markup
from enrich.place import is_no_city
from enrich.postal_lines import CITY
from enrich.streets import is_street
from leads.facts import Scope
from leads.lexicon.places.countries import country_code
from leads.lexicon.places.regions import states_by_code

_SURE, _LONGEST_CODE = 0.6, 3
_CITIES = ("business:contact_data:locality", "og:locality", "locality", "geo.placename")
_STREETS = ("business:contact_data:street_address", "og:street-address", "street-address")
_POSTCODES = ("business:contact_data:postal_code", "og:postal-code", "postal-code", "zipcode")
_COUNTRIES = ("business:contact_data:country_name", "og:country-name", "country-name")
_REGIONS = ("business:contact_data:region", "og:region")
_POST_BEFORE = re.compile(r"(?:[A-Z]{1,2}-)?\d{4,5} +")
_POST = re.compile(r"(?=[^\d]{0,4}\d)[A-Z\d][A-Z\d -]{2,9}")


def address_of_metas(markup: Markup) -> Iterator[ExtractedFact]:
    """Find street, postcode, city, region and country; nothing if no city is named."""
    metas = {name: " ".join(content.split()) for name, content in markup.metas}
    name, city = next(((key, metas[key]) for key in _CITIES if metas.get(key)), ("", ""))
    city = _POST_BEFORE.sub("", city).partition(",")[0].strip()
    if re.fullmatch(CITY, city) is None or is_no_city(city):
        return
    yield _fact("city", city, name, metas)
    if street := next((key for key in _STREETS if is_street(metas.get(key, ""))), ""):
        yield _fact("street", metas[street], street, metas)
    if post := next((key for key in _POSTCODES if _POST.fullmatch(metas.get(key, ""))), ""):
        yield _fact("postcode", metas[post], post, metas)
    yield from _area(metas)


def _area(metas: dict[str, str]) -> Iterator[ExtractedFact]:
    """Find region and country, also of `geo.region` (`CA-ON`)."""
    code, _, state = metas.get("geo.region", "").upper().partition("-")
    country = country_code(code) if len(code) == 2 else None
    key = "geo.region"
    for named in _COUNTRIES:
        if stated := country_code(metas.get(named, "")):
            country, key = stated, named
    if country:
        yield _fact("country", country, key, metas)
    yield from _region(metas, country, state)


def _region(metas: dict[str, str], country: str | None, state: str) -> Iterator[ExtractedFact]:
    key = next((key for key in _REGIONS if metas.get(key)), "geo.region")
    state = metas[key] if key in _REGIONS else state
    names = [one.name for one in states_by_code(state.upper()) if one.country == country]
    # Codes of states that are not known stay out.
    if names or len(state) > _LONGEST_CODE:
        yield _fact("region", names[0] if names else state, key, metas)


def _fact(attribute: str, value: str, key: str, metas: dict[str, str]) -> ExtractedFact:
    quote = f"{key}: {metas[key]}"[:250]
    return ExtractedFact(attribute, value, quote, "meta", _SURE, Scope.SITE)
