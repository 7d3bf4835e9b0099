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

_THREE_LINES = re.compile(
    rf"^(?=(?P<street>[^\n]{{5,90}})\n(?P<city>{CITY}) ?\n(?P<country>[A-ZÀ-Þ][A-Za-zÀ-ž."
    r" ]{3,30})(?:\n|\Z))",
    re.MULTILINE,
)


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
    for count, match in enumerate(_THREE_LINES.finditer(text)):
        if count >= MOST * 3:
            return
        country, street = country_code(match["country"].strip()), last_cell(match["street"])
        if country and len(match["country"].strip()) > 3 and is_street(street):
            start = match.start() + match["street"].rfind(street)
            yield Address(
                unlabelled(street),
                "",
                match["city"],
                None,
                country,
                stated=True,
                start=start,
                end=match.end("country"),
            )
