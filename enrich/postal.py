"""Postal addresses in text: a postcode next to a city, and the street before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enrich.british_addresses import british
from enrich.postal_formats import after_city, before_city
from enrich.postal_lines import CITY, MOST, Address, last_cell
from enrich.postal_native import in_own_script
from enrich.postal_orders import other_orders
from enrich.streets import is_street, unlabelled
from leads.lexicon.places.countries import country_code

#: Two lines; the second may be the first of another match.
_CITY_AND_COUNTRY = re.compile(
    rf"\n(?=(?P<city>{CITY} ?)\n(?P<country>[^\n]{{4,31}})(?:\n|\Z))"
)
_LONGEST_STREET = 90


def addresses(text: str, hint: str | None) -> list[Address]:
    """Return the addresses in a text, in order; `hint` is the country for ambiguous postcodes."""
    found = [
        *after_city(text, hint),
        *british(text, hint),
        *before_city(text, hint),
        *without_postcode(text),
        *other_orders(text, hint),
        *in_own_script(text, hint),
    ]
    kept: list[Address] = []
    for address in sorted(found, key=lambda one: one.start):
        if not kept or address.start >= kept[-1].end:
            kept.append(address)
    return kept[:MOST]


def without_postcode(text: str) -> Iterator[Address]:
    """Find `5 Example Quay`, `Dunmore`, `Ireland` on three lines."""
    for match in _CITY_AND_COUNTRY.finditer(text):
        city, line = match["city"], match["country"]
        country = country_code(line.strip()) if line[0].isupper() else None
        if not country:
            continue
        end = match.end("country")
        start = text.rfind("\n", 0, match.start()) + 1
        above = text[start : match.start()]
        street = last_cell(above) if 5 <= len(above) <= _LONGEST_STREET else ""
        if len(line.strip()) > 3 and is_street(street):
            yield Address(
                unlabelled(street),
                "",
                city.strip(),
                None,
                country,
                stated=True,
                start=start + above.rfind(street),
                end=end,
            )
