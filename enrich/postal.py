"""Postal addresses in text: a postcode next to a city, and the street before it."""

from __future__ import annotations

from collections.abc import Iterable

from enrich.british_addresses import british
from enrich.postal_behind_city import behind_city
from enrich.postal_country import before_country
from enrich.postal_formats import before_city
from enrich.postal_labelled import labelled
from enrich.postal_lines import MOST, Address
from enrich.postal_native import in_own_script
from enrich.postal_orders import other_orders
from enrich.postal_states import after_city


def addresses(text: str, hint: str | None) -> list[Address]:
    """Return the addresses in a text, in order; `hint` is the country for ambiguous postcodes."""
    with_postcode = _apart(
        (
            *after_city(text, hint),
            *british(text, hint),
            *before_city(text, hint),
            *other_orders(text, hint),
            *in_own_script(text, hint),
            *labelled(text, hint),
        )
    )
    behind = [one for one in behind_city(text, hint) if not _overlaps(one, with_postcode)]
    surer = _apart((*with_postcode, *behind))
    others = [one for one in before_country(text) if not _overlaps(one, surer)]
    return _apart((*surer, *others))[:MOST]


def _apart(found: Iterable[Address]) -> list[Address]:
    """Return addresses in order, of those that overlap the first."""
    kept: list[Address] = []
    for address in sorted(found, key=lambda one: one.start):
        if not kept or address.start >= kept[-1].end:
            kept.append(address)
    return kept


def _overlaps(address: Address, others: Iterable[Address]) -> bool:
    return any(one.start < address.end and one.end > address.start for one in others)
