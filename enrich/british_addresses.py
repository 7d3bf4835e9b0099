"""British addresses: the postcode after the city."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from enrich.numbers import lettered
from enrich.postal_lines import CITY, MOST, Address
from enrich.postal_states import street_and_city
from enrich.streets import is_street, street_in, unlabelled, without_words_before
from enrich.tables import words
from leads.lexicon.places.countries import country_code

GB_POSTCODE = re.compile(
    r"([A-PR-UWYZ](?<![A-Za-z0-9].)(?:\d{1,2}|[A-HK-Z]\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRV-Y]))"
    r" ?(\d[ABD-HJLNP-UW-Z]{2})(?![A-Za-z0-9])"
)
#: Maximum characters of an address before its postcode.
_REACH, _LONGEST_CITY = 160, 30
#: `N1 7AB`, and on the next line `London, England`.
_CITY_BEHIND = re.compile(
    rf"\.?,? ?\n(?P<city>{CITY}), ?(?:England|Scotland|Wales|Northern Ireland|UK|United Kingdom)\b"
)
#: A part that ends so is no city.
_ESTATES = (" park", " estate", " house", " centre", " building", " works", " court", " yard")
_BETWEEN = re.compile(r"[,\n\t|•·]|  | [–-] ")
#: Before the town that a village is near to.
_NEAR = re.compile(r"(?:[Nn]r\.?|[Nn]ear) (?=[A-Z])")
_SMALL_POSTCODE = re.compile(
    r"(?<=[ ,\n])([a-z]{1,2}\d{1,2}[a-z]?|[A-Z][a-z]\d{1,2}[A-Za-z]?) ?(\d[A-Za-z]{2})(?![A-Za-z0-9])"
)


def british(text: str, hint: str | None) -> Iterator[Address]:
    """Find `250 Finchley Road, Hampstead, London NW3 6DN`, also over several lines."""
    for match in islice(lettered(GB_POSTCODE, text, 2), MOST):
        address = _read(text, match, hint)
        if address is not None:
            yield address
    # Other things look like a postcode in small letters, so the page must be British.
    for match in islice(_SMALL_POSTCODE.finditer(text), MOST if hint == "GB" else 0):
        is_postcode = GB_POSTCODE.fullmatch(match[0].upper()) is not None
        address = _read(text, match, hint) if is_postcode else None
        if address is not None and address.street and address.city:
            yield address


def _read(text: str, match: re.Match[str], hint: str | None) -> Address | None:
    before = max(0, match.start() - _REACH)
    street, city, region = _read_parts(_parts(text[before : match.start()]), hint)
    if city is None and (behind := _CITY_BEHIND.match(text, match.end())):
        city = behind["city"]
    if not city and not street:
        return None
    first = (street or city or "").partition(",")[0]
    start = text.rfind(first, before, match.start())
    return Address(
        street,
        f"{match[1]} {match[2]}".upper(),
        city,
        region,
        "GB",
        stated=True,
        start=start if start >= 0 else match.start(),
        end=match.end(),
    )


def _parts(before: str) -> list[str]:
    """Return the last parts of a text between commas, lines and cells."""
    parts = [_NEAR.sub("", part.strip(" .:-–")) for part in _BETWEEN.split(before)][-6:]
    return [part for part in parts if part and not _is_no_place(part)]


def _is_no_place(part: str) -> bool:
    """Check whether a part is a label (`Postcode`) or the country."""
    name = part.casefold()
    return name in words("addresses")["postcode_labels"] or (
        len(part) > 3 and country_code(part) == "GB" and not _county(part)
    )


def _read_parts(parts: list[str], hint: str | None) -> tuple[str | None, str | None, str | None]:
    """Return street, city and region from the parts before a postcode."""
    region, parts = _cut_county(parts)
    city, parts = _cut_city(parts)
    if city is None and hint != "GB":
        return None, None, None

    before_city, parts = _cut_county(parts)
    region = before_city or region
    street = _british_street(parts)
    if city and street is None and re.match(r"\d", city):
        return city, None, region
    return street, city, region


def _cut_city(parts: list[str]) -> tuple[str | None, list[str]]:
    """Return the city at the end of the parts, if any, and the parts without it."""
    street, last = street_and_city(parts[-1]) if parts else ("", "")
    if street:
        parts = [*parts[:-1], street, last]
    is_city = re.fullmatch(CITY, last) is not None and len(last) < _LONGEST_CITY
    if not is_city or last.casefold().endswith(_ESTATES):
        return None, parts
    return last, parts[:-1]


def _cut_county(parts: list[str]) -> tuple[str | None, list[str]]:
    """Return the county at the end of the parts, if any, and the parts without it."""
    county = _county(parts[-1]) if parts else None
    return (county, parts[:-1]) if county else (None, parts)


def _county(name: str) -> str | None:
    """Return the county as it is usually written, from any case."""
    return _counties().get(name.casefold())


def _british_street(parts: list[str]) -> str | None:
    """Return the parts that are streets, units and estates, without the village after them."""
    streets = [
        place for place, part in enumerate(parts[-4:], max(0, len(parts) - 4)) if is_street(part)
    ]
    if not streets:
        return None
    chosen = parts[streets[0] : streets[-1] + 1]
    chosen[0] = without_words_before(chosen[0])
    return street_in(", ".join(chosen)) and ", ".join(map(unlabelled, chosen))


@cache
def _counties() -> dict[str, str]:
    return {county.casefold(): county for county in words("addresses")["counties"]}
