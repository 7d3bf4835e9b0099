"""Addresses whose postcode stands elsewhere: before the province, after the street, at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice

from enrich.likely_country import is_year_of_copyright
from enrich.numbers import lettered, numbered
from enrich.places_in_text import countries_in
from enrich.postal_lines import CITY, MOST, Address, country_named, may_be_city
from enrich.postal_states import state_names
from enrich.streets import is_street, unlabelled
from enrich.tables import either, words
from leads.lexicon.places.countries import country_code

_REACH, _LONGEST_CITY = 160, 36
#: Countries whose postcodes begin with a letter and a digit.
_LETTERED = frozenset({"CA", "IE"})
_BETWEEN = re.compile(r"(?:(?<!\s)\s+)?[,;\n\t|•·]\s*|(?<!\s)\s+[-–—]\s+|  +")
#: Numbers of districts belong to the city in Ireland (`Dublin 2`).
_CITY = re.compile(rf"{CITY}(?: \d{{1,2}}W?)?")
#: Behind a street: its number, a floor, a suite; before it, a block and lot.
_OF_HOUSE = re.compile(
    r"(?:n[º°o.]{0,2} ?)?\d{1,6}[a-zA-Z]?\.?$"
    r"|#\d|\d{1,3}\.?[ºª°]|(?:sala|conj|loja|andar|bloco|suite|unit|floor|level|shop)\b",
    re.IGNORECASE,
)
#: Before a postcode, these make it part of another number or word. The pattern of a postcode has no
#: look-behind, so that the search can skip ahead.
_GLUE = re.compile(r"[\w.,/+-]")
#: Such a part is never a street of its own.
_ROOM = re.compile(r"(?:sala|conj|loja|andar|bloco)\b|(?<!\d)\d+\Z", re.IGNORECASE)
_DISTRICT = re.compile(r"Dublin \d{1,2}W?")
_BLOCK = re.compile(r"\d{1,3}(?:-\d{1,4}){1,3}[ ,]")
#: `Minta u. 5`: the Hungarian abbreviation is a word of its own in few other languages.
_SHORT_STREET = re.compile(r"(?<= )u\.(?= ?\d)")


def other_orders(text: str, hint: str | None) -> Iterator[Address]:
    """Find `V7P 1B3, BC`, `Dublin 2, D02 X285`, `Curitiba - PR, 80010-000` with what is before."""
    named = countries_in(text)
    for country in words("addresses")["other_orders"]:
        if hint != country and country not in named:
            continue
        found = lettered if country in _LETTERED else numbered
        for match in islice(found(_post(country), text), MOST * 2):
            is_part = _GLUE.match(text[match.start() - 1 : match.start()])
            address = None if is_part else _read(text, match, country, hint)
            if address is not None:
                yield address


@dataclass(frozen=True, slots=True)
class _Confirmed:
    """What confirms the country of a postcode, and where the address ends."""

    region: str | None
    is_named: bool
    end: int


def _read(text: str, match: re.Match[str], country: str, hint: str | None) -> Address | None:
    """Read the parts before a postcode backwards; None if too little confirms the country."""
    begin = max(0, match.start() - _REACH)
    parts = _parts(text[begin : match.start()])
    if country == "BR" and (address := _post_first(text, match, parts)):
        return address
    confirmed = _confirm(text, match, parts, country, hint)
    if confirmed is None:
        return None

    street, city = _street_and_city(parts, country)
    if city is None or not _is_whole(text, match, street, country, confirmed):
        return None
    start = text.rfind((street or city).partition(",")[0], begin, match.start())
    return Address(
        street,
        _with_space(match[0]) if country in {"IE", "NL"} else match[0],
        city,
        confirmed.region,
        country,
        stated=confirmed.is_named or confirmed.region is not None or _is_sure(country),
        start=start if start >= 0 else match.start(),
        end=confirmed.end,
    )


def _parts(before: str) -> list[str]:
    parts = [part.strip(" .:()-–") for part in _BETWEEN.split(before)][-8:]
    return [part for part in parts if part]


def _confirm(
    text: str, match: re.Match[str], parts: list[str], country: str, hint: str | None
) -> _Confirmed | None:
    """Cut region and country off the parts; None if they or the page do not confirm the country."""
    region, is_named = _cut_region_and_country(parts, country)
    behind, end = _region_behind(text, match.end(), country)
    named = country_named(text, end)
    if named not in (None, country):
        return None
    found = _Confirmed(region or behind, is_named or named == country, end)
    if found.is_named:
        return found
    return found if _is_confirmed(found.region, country, is_here=hint == country) else None


def _is_confirmed(region: str | None, country: str, *, is_here: bool) -> bool:
    """Check that the page's country, a region or the shape tell the country of a postcode."""
    if _needs(country, "weak"):
        return is_here and (country == "HU" or region is not None)
    return is_here or region is not None or _is_sure(country)


def _is_whole(
    text: str, match: re.Match[str], street: str | None, country: str, confirmed: _Confirmed
) -> bool:
    """Check that enough was read; in Hungary, any year after a city looks like a postcode."""
    if country == "HU":
        return street is not None and not is_year_of_copyright(text, match.start())
    return street is not None or confirmed.region is not None or confirmed.is_named


def _is_sure(country: str) -> bool:
    return _needs(country, "sure")


def _needs(country: str, key: str) -> bool:
    return key in words("addresses")["other_orders"][country]


def _post_first(text: str, match: re.Match[str], before: list[str]) -> Address | None:
    """Read `01310-100 São Paulo - SP`, and `01310-100 - Rua …, 120 - São Paulo/SP`."""
    regions = _regions("BR")
    end = text.find("\n", match.end())
    line_end = min(end if end >= 0 else len(text), match.end() + 140)
    found = _brazilian_city().search(text, match.end(), line_end)
    if found is None:
        return None
    between = _BETWEEN.split(text[match.end() : found.start()].strip(" -–,:"))
    parts = [part for part in between if part] or before
    street, _ = _street_and_city([*parts, found["city"]], "BR")
    start = text.rfind((street or "").partition(",")[0], 0, found.start()) if street else -1
    return Address(
        street,
        match[0],
        found["city"],
        regions[found["region"]],
        "BR",
        stated=True,
        start=min(start, match.start()) if start >= match.start() - _REACH else match.start(),
        end=found.end(),
    )


@cache
def _brazilian_city() -> re.Pattern[str]:
    codes = either(words("addresses")["regions"]["BR"])
    return re.compile(
        rf"(?:(?<=[-–,/] )|(?<=\d ))(?P<city>{CITY}) ?[-–/,(] ?(?P<region>{codes})(?!\w)"
    )


def _cut_region_and_country(parts: list[str], country: str) -> tuple[str | None, bool]:
    """Take labels, regions and the country off the end of the parts."""
    regions, found, is_named = _regions(country), None, False
    for _ in range(4):
        last = parts[-1] if parts else ""
        if last.casefold() in words("addresses")["postcode_labels"]:
            parts.pop()
        elif len(last) > 2 and country_code(last) == country and not is_named:
            is_named = True
            parts.pop()
        elif found is None and (region := _cut_region(parts, country)):
            found = regions[region]
        else:
            break
    return found, is_named


def _cut_region(parts: list[str], country: str) -> str | None:
    """Take a region off the end of the parts: the last one, or the end of it (`Curitiba/PR`)."""
    last = parts[-1] if parts else ""
    if len(parts) > 1 and last in _regions(country):
        return parts.pop()
    inside = _region_at_end(country).search(last)
    if inside is None:
        return None
    parts[-1] = last[: inside.start()].strip(" ,(/-–")
    return inside["region"]


def _region_behind(text: str, at: int, country: str) -> tuple[str | None, int]:
    """Return the region after a postcode and where it ends (`V7P 1B3, BC`)."""
    regions = _regions(country)
    match = _region_ahead(country).match(text, at) if regions else None
    return (regions[match["region"]], match.end()) if match else (None, at)


def _street_and_city(parts: list[str], country: str) -> tuple[str | None, str | None]:
    """Return the street and the city, whichever of them is last."""
    if len(parts) > 1 and _is_street(parts[-1], country) and _is_city(parts[-2]):
        # "Budapest, Minta utca 5, 1051"; a street before would make the city a part of it.
        return unlabelled(parts[-1]), unlabelled(parts[-2])
    if not parts or not _is_city(parts[-1]):
        return None, None
    return _street_of(parts[:-1], country), parts[-1]


def _street_of(parts: list[str], country: str) -> str | None:
    """Return the last street of the parts, with the unit before and the house after it."""
    streets = [
        place
        for place, part in enumerate(parts)
        if _is_street(part, country) and not _ROOM.match(part)
    ]
    if not streets:
        return None
    first = last = streets[-1]
    while last + 1 < len(parts) and (country == "JP" or _OF_HOUSE.match(parts[last + 1])):
        last += 1
    while first > 0 and first - 1 in streets:
        first -= 1
    return ", ".join([unlabelled(parts[first]), *parts[first + 1 : last + 1]])


def _is_street(part: str, country: str) -> bool:
    if country == "JP" and _BLOCK.match(part):
        return True
    if _DISTRICT.fullmatch(part):
        return False
    return is_street(_SHORT_STREET.sub("utca", part) if country == "HU" else part)


def _is_city(part: str) -> bool:
    name = unlabelled(part)
    return (
        _CITY.fullmatch(name) is not None
        and len(name) <= _LONGEST_CITY
        and (_DISTRICT.fullmatch(name) is not None or not is_street(name))
        and may_be_city(name)
    )


@cache
def _regions(country: str) -> Mapping[str, str]:
    """Return the regions by code and by name; none if its addresses have none."""
    table = words("addresses")
    if country == "IE":
        counties = table["irish_counties"]
        return {f"{word} {one}": one for one in counties for word in ("Co.", "Co", "County")}
    named = table["regions"].get(country) or state_names(country)
    return {**named, **{name: name for name in named.values()}}


@cache
def _region_at_end(country: str) -> re.Pattern[str]:
    """Match a region at the end of the part with the city (`Curitiba/PR`, `Montréal (Québec`)."""
    regions = either(map(re.escape, _regions(country))) or "(?!)"
    return re.compile(rf"(?<=\w)[ ,]*[ (/–-][ (]*(?P<region>{regions})\Z")


@cache
def _region_ahead(country: str) -> re.Pattern[str]:
    regions = either(map(re.escape, _regions(country)))
    return re.compile(rf"[ ,.\n(-]{{1,3}}(?P<region>{regions})(?!\w)")


@cache
def _post(country: str) -> re.Pattern[str]:
    post = words("addresses")["other_orders"][country]["post"]
    # The look-behind follows the first character, so that the search can skip ahead.
    begins = re.match(r"\\d|\[[^\]]*\]", post)
    first, rest = (begins[0], post[begins.end() :]) if begins else ("", post)
    if country == "IE":
        return re.compile(rf"{first}(?<!\w{'.' if first else ''}){rest}(?!\w)")
    glue = r"(?<![\w.,/+-]"
    return re.compile(rf"{first}{glue}{'.' if first else ''}){rest}(?![\w-])(?!\.\d)")


def _with_space(post: str) -> str:
    """Write `D02X285` and `1015AB` with their space."""
    at = 4 if post[:4].isdigit() else 3
    return f"{post[:at]} {post[at:].strip()}"
