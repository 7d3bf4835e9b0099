"""Addresses with a label before each part: `City: Reno`, `PLZ / Ort: 10115 Berlin`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from enrich.postal_lines import CITY, Address, may_be_city
from enrich.streets import is_street
from enrich.tables import either, words
from leads.lexicon.places.countries import country_code
from leads.lexicon.places.regions import state_by_name, states_by_code

_KINDS = ("both", "street", "postcode", "city", "region", "country")
#: Characters between two parts of one address.
_GAP = 40
#: The beginning of a line up to its colon, the end of its cell, or its end.
_LABEL = re.compile(r"\n(?P<label>[^\n\t:|]{2,28}) ?(?:(?::|\t:?|\| )[ \t]?|(?=\n))")
_POSTCODE = re.compile(r"(?:[A-Z]{1,2}-)?(?=[A-Z]{0,2}\d)[A-Z\d][A-Z\d -]{2,8}[A-Z\d]")
_BOTH = re.compile(rf"(?P<postcode>\d[\d -]{{2,5}}\d(?: ?[A-Z]{{2}})?) (?P<city>{CITY})")


def labelled(text: str, hint: str | None) -> Iterator[Address]:
    """Find addresses of which city, and street or postcode, have labels."""
    if _city_label().search(f"\n{text.lower()}") is None:
        return
    parts: dict[str, str] = {}
    start = end = -_GAP
    for match in _LABEL.finditer(f"\n{text}"):
        kind = _kind(match["label"])
        if kind is None:
            continue
        # One line break was put before the text.
        at = match.end() - 1
        at += text.startswith("\n", at)
        if match.start() - end > _GAP or kind in parts:
            yield from _address(parts, start, end, hint)
            parts, start = {}, match.start()
        value = text[at : _line_end(text, at)]
        parts[kind] = value.strip(" ,;:\t|")
        end = at + len(value)
    yield from _address(parts, start, end, hint)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return min(end if end >= 0 else len(text), at + 90)


def _address(parts: dict[str, str], start: int, end: int, hint: str | None) -> Iterator[Address]:
    both = _BOTH.fullmatch(parts.get("both", ""))
    if both:
        parts = {**parts, **both.groupdict()}
    city, street = parts.get("city", ""), parts.get("street", "")
    post = parts.get("postcode", "")
    post = post if _POSTCODE.fullmatch(post) else ""
    named = country_code(parts.get("country", ""))
    region, of_region = _state(parts.get("region", ""), hint)
    country = named or of_region or hint
    is_city = re.fullmatch(CITY, city) is not None and may_be_city(city)
    if not country or not is_city or not (post or is_street(street)):
        return
    yield Address(
        street if is_street(street) else None,
        post,
        city,
        region,
        country,
        stated=named is not None or of_region is not None,
        start=start,
        end=end,
    )


def _state(text: str, hint: str | None) -> tuple[str | None, str | None]:
    """Return name and country of a state; two letters are one of America unless the page is not."""
    found = states_by_code(text)
    states = [one for one in found if one.country == (hint or "US")]
    state = next(iter(states), None) or (state_by_name(text) if len(text) > 2 else None)
    return (state.name, state.country) if state else (text[:40] or None, None)


@lru_cache(maxsize=1 << 12)
def _kind(label: str) -> str | None:
    """Return the part of an address that a label names."""
    match = _labels().fullmatch(label.strip().casefold())
    return match.lastgroup if match else None


@cache
def _labels() -> re.Pattern[str]:
    table = words("labelled_addresses")
    return re.compile("|".join(f"(?P<{kind}>{either(table[kind])})" for kind in _KINDS))


@cache
def _city_label() -> re.Pattern[str]:
    """Match a line with the label of a city: without one, the others are not looked at."""
    table = words("labelled_addresses")
    return re.compile(rf"\n *(?:{either([*table['city'], *table['both']])}) *(?=[:\t|\n])")
