"""British addresses: the postcode after the city."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from enrich.postal_lines import CITY, MOST, Address
from enrich.streets import is_street, street_in, unlabelled
from enrich.tables import words

GB_POSTCODE = re.compile(
    r"(?<![A-Za-z0-9])([A-PR-UWYZ](?:\d{1,2}|[A-HK-Z]\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRV-Y]))"
    r" ?(\d[ABD-HJLNP-UW-Z]{2})(?![A-Za-z0-9])"
)


def british(text: str, hint: str | None) -> Iterator[Address]:
    """Find `250 Finchley Road, Hampstead, London NW3 6DN`, also over several lines."""
    for count, match in enumerate(GB_POSTCODE.finditer(text)):
        if count >= MOST:
            return
        before = text[max(0, match.start() - 160) : match.start()]
        parts = [part.strip(" .:-–") for part in re.split(r"[,\n\t|•]|  ", before)][-6:]
        parts = [part for part in parts if part]
        region = parts.pop() if parts and parts[-1] in _counties() else None
        city = None
        if parts and re.fullmatch(CITY, parts[-1]) and len(parts[-1]) < 30:
            city = parts.pop()
        if city is None and hint != "GB":
            continue
        if parts and parts[-1] in _counties():
            region = parts.pop()
        street = _british_street(parts)
        if city and street is None and re.match(r"\d", city):
            city, street = None, city
        if city or street:
            first = (street or city or "").partition(",")[0]
            start = text.rfind(first, max(0, match.start() - 160), match.start())
            postcode = f"{match[1]} {match[2]}"
            yield Address(
                street,
                postcode,
                city,
                region,
                "GB",
                stated=True,
                start=start if start >= 0 else match.start(),
                end=match.end(),
            )


def _british_street(parts: list[str]) -> str | None:
    """Return the parts that are streets, units and estates, without the village after them."""
    streets = [
        place for place, part in enumerate(parts[-4:], max(0, len(parts) - 4)) if is_street(part)
    ]
    if not streets:
        return None
    chosen = parts[streets[0] : streets[-1] + 1]
    return street_in(", ".join(chosen)) and ", ".join(map(unlabelled, chosen))


@cache
def _counties() -> frozenset[str]:
    return frozenset(words("addresses")["counties"])
