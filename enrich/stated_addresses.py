"""Addresses that structured data states: of the organisation, and of its places and departments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from enrich import json_ld
from enrich.document import Document
from enrich.extracted import ExtractedFact
from enrich.postal import addresses
from leads.lexicon.places.countries import country_code
from leads.lexicon.places.regions import states_by_code

_MOST, _LONGEST = 40, 300
_KEYS = {
    "street": "streetAddress",
    "postcode": "postalCode",
    "city": "addressLocality",
    "region": "addressRegion",
}
#: Where a node names its places.
_PLACES = ("location", "department", "subOrganization")
_POST_AND_CITY = re.compile(r"(?P<post>(?:[A-Z]{1,2}-)?\d[\d -]{2,5}\d) +(?P<city>[^\d\W].*)")
_CITY_AND_POST = re.compile(r"(?P<city>[^\d\s]\D{1,58}),? +(?P<post>\d{4,6}(?:-\d{3,4})?)")
_SURE, _SURE_OF_COUNTRY, _SURE_OF_TEXT = 0.92, 0.93, 0.85


@dataclass(frozen=True, slots=True)
class StatedAddress:
    """The facts of one address; `is_own` if it is the organisation's own, not a place of it."""

    facts: tuple[ExtractedFact, ...]
    is_own: bool

    @property
    def is_whole(self) -> bool:
        """Check whether it names more than a country."""
        return any(one.attribute in {"street", "postcode", "city"} for one in self.facts)


def stated_addresses(document: Document) -> list[StatedAddress]:
    """Return the different addresses of the page's organisations, their own first."""
    found: dict[tuple[str, ...], StatedAddress] = {}
    for is_own in (True, False):
        for node in document.organisations[:_MOST]:
            for stated in _of_node(node, is_own=is_own):
                facts = tuple(_read(stated, node, document.hint))
                if facts:
                    key = tuple(str(one.value) for one in facts)
                    found.setdefault(key, StatedAddress(facts, is_own))
    return list(found.values())[:_MOST]


def _of_node(node: json_ld.Node, *, is_own: bool) -> Iterator[Any]:
    if is_own:
        yield from _each(node.get("address"))
        return
    for key in _PLACES:
        for place in _each(node.get(key)):
            if isinstance(place, dict):
                yield from _each(place.get("address"))


def _each(value: Any) -> list[Any]:
    return value[:_MOST] if isinstance(value, list) else [value]


def _read(stated: Any, node: json_ld.Node, hint: str | None) -> Iterator[ExtractedFact]:
    if isinstance(stated, str):
        written = " ".join(stated.split())[:_LONGEST]
        yield from _parsed(written, "address", node, hint)
        return
    if not isinstance(stated, dict):
        return
    country = country_code(json_ld.text(stated.get("addressCountry"), 80))
    values = {name: json_ld.text(stated.get(key), 120) for name, key in _KEYS.items()}
    values["street"] = ", ".join(json_ld.texts(stated.get("streetAddress"), 4))[:_LONGEST]
    if values["street"] and not values["city"] and not values["postcode"]:
        parsed = list(_parsed(values["street"], "streetAddress", node, country or hint))
        if parsed:
            yield from parsed
            return
    yield from _facts(_tidied(values, country), stated, json_ld.method(node))
    if country:
        quote = json_ld.quote("addressCountry", stated["addressCountry"])
        yield ExtractedFact("country", country, quote, json_ld.method(node), _SURE_OF_COUNTRY)


def _facts(values: dict[str, str], stated: json_ld.Node, method: str) -> Iterator[ExtractedFact]:
    for attribute, value in values.items():
        if value:
            key = _KEYS[attribute]
            quote = json_ld.quote(key, stated.get(key) or value)
            yield ExtractedFact(attribute, value, quote, method, _SURE)


def _tidied(values: dict[str, str], country: str | None) -> dict[str, str]:
    """Put what is written in the wrong place where it belongs: `Fernley, NV`, `10115 Berlin`."""
    street, post, city, region = (values[name].strip(" ,") for name in _KEYS)
    if not city and (match := _POST_AND_CITY.fullmatch(post)):
        post, city = match["post"], match["city"]
    for pattern in (_POST_AND_CITY, _CITY_AND_POST):
        if match := pattern.fullmatch(city):
            post, city = post or match["post"], match["city"]
    head, _, tail = city.partition(",")
    if head and tail.strip():
        city, region = head, region or _region(tail.strip(), country)
    return {"street": street, "postcode": post, "city": city.strip(" ,"), "region": region}


def _region(text: str, country: str | None) -> str:
    """Return a state's code or name; "" for a country and other words."""
    is_state = any(country in (None, one.country) for one in states_by_code(text))
    return text if is_state or (len(text) > 2 and country_code(text) is None) else ""


def _parsed(
    written: str, key: str, node: json_ld.Node, hint: str | None
) -> Iterable[ExtractedFact]:
    """Return the parts of an address in one text; none if it has no city."""
    for one in addresses(written, hint)[:1]:
        values = {
            "street": one.street,
            "postcode": one.postcode,
            "city": one.city,
            "region": one.region,
            "country": one.country,
        }
        quote, method = json_ld.quote(key, written), json_ld.method(node)
        return [
            ExtractedFact(attribute, value, quote, method, _SURE_OF_TEXT)
            for attribute, value in values.items()
            if value
        ]
    return []
