"""Postal addresses in text: a postcode next to a city, and the street before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enrich.british_addresses import british
from enrich.postal_formats import before_city
from enrich.postal_lines import CITY, MOST, Address, last_cell
from enrich.postal_native import in_own_script
from enrich.postal_orders import other_orders
from enrich.postal_states import after_city
from enrich.streets import is_street, unlabelled
from leads.lexicon.places.countries import country_code

_CITY_LINE = re.compile(rf"{CITY} ?")
_LONGEST_COUNTRY, _LONGEST_STREET = 31, 90


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
    lines = text.split("\n")
    end = -1
    for place, line in enumerate(lines):
        end += 1 + len(line)
        if place < 2 or not 4 <= len(line) <= _LONGEST_COUNTRY or not line[0].isupper():
            continue
        city, above = lines[place - 1], lines[place - 2]
        if not 5 <= len(above) <= _LONGEST_STREET or city[:1].isdigit():
            continue
        country = country_code(line.strip()) if _CITY_LINE.fullmatch(city) else None
        street = last_cell(above) if country else ""
        if country and len(line.strip()) > 3 and is_street(street):
            start = end - len(line) - len(city) - len(above) - 2
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
