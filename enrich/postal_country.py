"""Addresses without a postcode: street, city and country, on one line or several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from enrich.letters import CAPITALS
from enrich.postal_lines import CITY, MOST, Address, may_be_city
from enrich.streets import is_street, street_in, unlabelled
from leads.lexicon.places.countries import country_code, country_names
from leads.lexicon.places.regions import city_country, state_by_name

_LONGEST_COUNTRY, _LONGEST_LINE, _LONGEST_CITY = 31, 160, 32
#: Lines above the country that an address may begin on, and parts between its street and its city.
_LINES_ABOVE, _PARTS_BETWEEN = 5, 2
_COUNTRY = re.compile(
    rf"(?:\A|[,•·|\t–-])[ (]*(?P<name>[{CAPITALS}][^\W\d_][^\d,•·|\t–()-]{{1,28}})[). ]*\Z"
)
_PART = re.compile(r"[,•·|\t\n]| [–-] ")
#: `C1001 Buenos Aires`
_POSTCODE = re.compile(r"(?P<post>[A-Z]?\d{4,6}(?:[A-Z]{3})?) (?=\S)")
_COUNTY = re.compile(r"(?:Co\.?|County) [A-Z][a-z]+")
_CITY = re.compile(rf"{CITY}(?: \d{{1,2}})?")
#: Signs before the last word of a country.
_BEFORE_WORD = " (,\t|"
_SHORT_NAMES = frozenset({"USA", "UK", "UAE", "U.A.E", "U.S.A", "U.K"})


def before_country(text: str) -> Iterator[Address]:
    """Find `5 Example Quay, Dunmore, Ireland`, also over several lines."""
    lines = text.split("\n")
    count = 0
    for place, end in _candidates(lines):
        line = lines[place]
        named = _COUNTRY.search(line)
        country = _country(named["name"].strip(" .")) if named else None
        if named is None or country is None:
            continue
        above = [one for one in lines[max(0, place - _LINES_ABOVE) : place] if len(one) < 90]
        address = _read([*above, line[: named.start()]], country, text, end)
        if address is not None:
            count += 1
            yield address
        if count >= MOST:
            return


def _candidates(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the lines that may end with a country, and where in the text they end."""
    endings, short = _endings()
    end = -1
    for place, line in enumerate(lines):
        end += 1 + len(line)
        ending = line.rstrip(" .)")[-4:].lower()
        is_other = ending not in endings and ending[-3:] not in short and "." not in ending
        if is_other and line.isascii():
            continue
        if 2 < len(line) <= _LONGEST_LINE and _may_end_with_country(line):
            yield place, end


def _read(lines: list[str], country: str, text: str, end: int) -> Address | None:
    """Read the lines before a country backwards; None if no city and street are at their end."""
    if not any(map(str.isdigit, "".join(lines))):
        return None
    parts = _parts("\n".join(lines))
    region = parts.pop() if len(parts) > 1 and _is_region(parts[-1], country) else None
    city = parts.pop() if parts else ""
    post = _POSTCODE.match(city)
    city = unlabelled(city[post.end() :] if post else city)
    street = _street(parts) if _is_city(city, country) else None
    if street is None or not _is_whole(street, city, country):
        return None
    start = text.rfind(street.partition(",")[0], 0, end)
    return Address(
        street,
        post["post"] if post else "",
        city,
        region,
        country,
        stated=True,
        start=start if start >= 0 else end - len(city),
        end=end,
    )


def _parts(text: str) -> list[str]:
    cells = [one.strip(" .-–") for one in _PART.split(text)]
    return [cell for cell in cells if cell]


def _is_whole(street: str, city: str, country: str) -> bool:
    """Check for a house number, or a large city of the country: enough without a postcode."""
    return any(map(str.isdigit, street)) or city_country(city) == country


def _street(parts: list[str]) -> str | None:
    """Return the street, which a district may follow (`5 Example Road, Sandton, Johannesburg`)."""
    for last in range(len(parts), max(0, len(parts) - 1 - _PARTS_BETWEEN), -1):
        street = street_in(", ".join(parts[:last]))
        if street is not None:
            return street
    return None


def _is_city(name: str, country: str) -> bool:
    return (
        len(name) <= _LONGEST_CITY
        and _CITY.fullmatch(name) is not None
        and may_be_city(name)
        and (country_code(name) is None or city_country(name) == country)
        and not is_street(name)
    )


def _is_region(name: str, country: str) -> bool:
    if country == "IE":
        return _COUNTY.fullmatch(name) is not None
    state = state_by_name(name)
    return state is not None and state.country == country and city_country(name) != country


def _may_end_with_country(line: str) -> bool:
    """Check the last word, of a name in ASCII: few lines end with one of a country's."""
    word = line.rstrip(" .)")[-24:].rpartition(" ")[2].rpartition("(")[2].replace(".", "")
    word = word.rpartition(",")[2].rpartition("\t")[2].rpartition("|")[2]
    return not word.isascii() or word.casefold() in _last_words()


@cache
def _last_words() -> frozenset[str]:
    return frozenset(name.rpartition(" ")[2] for name in country_names())


@cache
def _endings() -> tuple[frozenset[str], frozenset[str]]:
    """Return the last four letters of the names of countries, and all three or two of short ones.

    A sign is before short words. Most lines have none of them, and are looked at no further.
    """
    long = {word[-4:] for word in _last_words() if len(word) > 3}
    long |= {name[-4:] for name in country_names() if name[-2:-1] == " "}
    return frozenset(long | _with_signs(3)), frozenset(_with_signs(2))


def _with_signs(length: int) -> set[str]:
    """Return the last words of a length, alone and with each sign before them."""
    words = {word for word in _last_words() if len(word) == length}
    return words | {sign + word for word in words for sign in _BEFORE_WORD}


@lru_cache(maxsize=1 << 12)
def _country(name: str) -> str | None:
    return country_code(name) if len(name) > 3 or name in _SHORT_NAMES else None
