"""Turn the values of rows into provisional codes: places, domains, phones, legal forms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from dedupe.address import Street, parse_street
from dedupe.arrays import MISSING, Coder, Codes, Column
from dedupe.name_parts import NameParts
from dedupe.record import MatchRecord
from leads.lexicon.places.place_names import city_named
from leads.lexicon.transliterate import to_ascii

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
#: Luebeck is Lübeck, and Tromsoe is Tromsø.
_SPELLED_OUT = re.compile(r"(?<=[aou])e")
#: How many domains and phones of one row are compared.
MOST_VALUES = 3
#: The last digits of a phone number that are compared: national and international forms agree
#: there.
_PHONE_DIGITS = 8
_LONGEST_PHONE = 40
_NO_STREET = Street("", "")


def _plain(text: str) -> str:
    if text.isascii() and text.isalnum():
        return text[:100].lower()
    return _NOT_PLAIN.sub(" ", to_ascii(text[:100]).lower()).strip() if text else ""


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Normalise a city or postcode: lower-case ASCII letters and digits."""
    return _plain(text)


@lru_cache(maxsize=50_000)
def city(text: str) -> str:
    """Normalise a city: München, Muenchen and Munich become one text."""
    if not text:
        return ""
    return _SPELLED_OUT.sub("", plain(city_named(text[:100])))


def _with_parts(
    records: Sequence[MatchRecord], parts: Mapping[int, NameParts]
) -> tuple[list[str], list[str], list[str]]:
    """Return the city, street and branch of each row; parts of its name fill what it lacks."""
    cities = [record.city for record in records]
    streets = [record.street for record in records]
    branches = [""] * len(records)
    for at, apart in parts.items():
        cities[at] = cities[at] or apart.seat
        streets[at] = streets[at] or apart.address
        branches[at] = plain(apart.branch)
    return cities, streets, branches


def read_single(
    records: Sequence[MatchRecord],
    coders: dict[str, Coder],
    countries: dict[int, str],
    parts: Mapping[int, NameParts],
) -> dict[str, Codes]:
    """Return provisional codes of the attributes with one value per row."""
    cities, addresses, branches = map(Column.of, _with_parts(records, parts))
    country = [record.country for record in records]
    for at, code in countries.items():
        country[at] = code

    streets = {text: _street(text) for text in addresses.texts}
    postcodes = Column.of([record.postcode for record in records])
    numbers = Column.of([record.register_number for record in records])
    return {
        "country": coders["country"].encode(country),
        "city": coders["city"].encode_as(city, cities),
        "city_as_written": coders["city_as_written"].encode_as(plain, cities),
        "postcode": coders["postcode"].encode_as(_joined, postcodes),
        "register_number": coders["register_number"].encode_as(_joined, numbers),
        "branch": coders["branch"].encode_as(str, branches),
        "street_number": coders["street_number"].encode_as(
            lambda text: streets[text].number, addresses
        ),
        "street_name": coders["street_name"].encode_as(lambda text: streets[text].name, addresses),
    }


def _street(text: str) -> Street:
    return (parse_street(text) if text else None) or _NO_STREET


def _joined(text: str) -> str:
    # Most lists have a number once or twice: keeping what is read would take longer.
    return _plain(text).replace(" ", "") if text else ""


def read_several(coder: Coder, values: Sequence[tuple[str, ...]]) -> Codes:
    """Return provisional codes of up to three values per row, in the order of the values."""
    counts = np.fromiter(map(len, values), dtype=np.int64, count=len(values))
    # Most lists have one value at most, and each column takes time to compare.
    width = min(int(counts.max(initial=1)), MOST_VALUES)
    table = np.full((len(values), max(width, 1)), MISSING, dtype=np.int32)
    table[:, 0] = coder.encode([row[0] if row else "" for row in values])
    for at in np.flatnonzero(counts > 1).tolist():
        for place, value in enumerate(sorted(set(filter(None, values[at])))[:MOST_VALUES]):
            table[at, place] = coder.code(value)
    return table


def phone_end(text: str) -> str:
    """Return the last digits of a phone number, which are the ones compared."""
    if _PHONE_DIGITS < len(text) <= _LONGEST_PHONE and text[1:].isdigit():
        # Most numbers are digits behind a plus.
        return text[-_PHONE_DIGITS:]
    return "".join(filter(str.isdigit, text[:_LONGEST_PHONE]))[-_PHONE_DIGITS:]
