"""Postal addresses in text: where a postcode stands with a city, and the street before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from enrich.streets import is_street, street_in, unlabelled
from enrich.tables import either, words
from leads.countries import country_code

#: Addresses read of one page; one with more is a directory.
MOST = 40

_CITY_WORD = r"[A-ZÀ-ÖØ-Þ][^\W\d_]*(?:[.'’/-]+[^\W\d_]+)*\.?"
_CITY = rf"{_CITY_WORD}(?: (?:{_CITY_WORD}|am|an|der|den|dem|im|in|bei|ob|a\.|d\.|i\.|v\.|sur|sous|de|du|des|le|la|les|lès|en|di|del|della|do|da|dos|op|aan|ten|upon|and|of|nad|pod))" + "{0,4}"
_CITY_TAIL = re.compile(r"\s+(?:cedex|cidex)\b.*$|\s+\d+.*$", re.IGNORECASE)
_NO_CITY = re.compile(r"^(?:tel|fax|phone|fon|e-?mail|users?|customers?|employees|mitarbeiter|kunden|km|euro?|eur|usd|uhr|jahre|years|people|january|february|march|april|may|june|july|august|september|october|november|december|januar|februar|märz|mai|juni|juli|oktober|dezember|all|copyright|the|by|von|and|und)\b", re.IGNORECASE)
_GB_POSTCODE = re.compile(r"(?<![A-Za-z0-9])((?:[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRV-Y]))) ?(\d[ABD-HJLNP-UW-Z]{2})(?![A-Za-z0-9])")
_COUNTRY_AFTER = re.compile(r"(?:[ ,.–|•(\t\n-]|\([A-Z]{2}\)|(?i:cedex)|\d{1,2}(?!\d))*([A-Za-zÀ-ž.]+(?: [A-ZÀ-Þ][A-Za-zÀ-ž.]+){0,2})")
_STREET_END = re.compile(r"^.*\b(?:street|st|road|rd|avenue|ave|drive|dr|court|ct|lane|ln|boulevard|blvd|way|place|pl|parkway|pkwy|highway|hwy|circle|cir|trail|plaza|loop|suite \S+|ste\.? \S+|floor|fl|unit \S+|box \d+|#\s?\S+|n\.?w|s\.?w|n\.?e|s\.?e)\b\.?(?: (?:north|south|east|west)\b)?,?\s+(?=[A-Z])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """One address as written; `start` and `end` are its place in the text."""

    street: str | None
    postcode: str
    city: str | None
    region: str | None
    country: str
    #: Whether the text names the country or the postcode's form is its alone; else it rests on what kind of page this is.
    stated: bool
    start: int
    end: int


def addresses(text: str, hint: str | None) -> list[Address]:
    """The addresses in a text, in its order. `hint` is the country whose form a postcode is read in when nothing else tells."""
    found = [*_after_city(text, hint), *_british(text, hint), *_before_city(text, hint)]
    kept: list[Address] = []
    for address in sorted(found, key=lambda one: one.start):
        if not kept or address.start >= kept[-1].end:
            kept.append(address)
    return kept[:MOST]


def _before_city(text: str, hint: str | None) -> Iterator[Address]:
    """`10115 Berlin`, `D-10115 Berlin`, `1011 AB Amsterdam`, `00-950 Warszawa`."""
    for count, match in enumerate(_patterns()["before"].finditer(text)):
        if count >= MOST * 3:
            return
        city = _CITY_TAIL.sub("", match["city"]).strip(" .,-–")
        if _NO_CITY.match(city) or len(city) < 2:
            continue
        shape = next(name for name in _shapes() if match[f"shape{name.replace('-', '_')}"])
        named = _country_named(text, match.end()) or _country_named(city, city.rfind(" "))
        prefix = _prefixes().get(match["prefix"] or "")
        alone = next((code for code, row in _countries().items() if row["shape"] == shape and "self" in row), None)
        country = next((code for code in (prefix, named, alone, hint) if code and _shape_of(code) == shape), None)
        street = _street_before(text, match.start())
        if country is None or (street is None and not prefix and (shape in {"4", "5"} or country != hint)):
            continue
        if named and " " in city and country_code(city.rpartition(" ")[2]):
            city = city.rpartition(" ")[0]
        yield Address(street, match["post"], city, None, country, country in {prefix, named, alone}, match.start(), match.end("city"))


def _after_city(text: str, hint: str | None) -> Iterator[Address]:
    """`Wichita, KS 67206`, `Toronto, ON M3J 2M4`, `Perth WA 6006`."""
    for country, row in words("addresses")["after_city"].items():
        if country == "AU" and hint != "AU":
            continue
        for count, match in enumerate(_state_pattern(country).finditer(text)):
            if count >= MOST:
                break
            before = text[max(0, match.start() - 200) : match.start()].rstrip(" ,\t\n")
            line = re.split(r"[\n\t|•]", before)[-1]
            street, city = _street_and_city(line, before)
            if city is None:
                continue
            states = row["states"]
            region = match["state"] if match["state"] in states else next(code for code, name in states.items() if name.lower() == match["state"].lower())
            start = match.start() - len(before[before.rfind(city) :]) if city in before else match.start()
            yield Address(street, match["post"], city, region, country, stated=True, start=max(0, start), end=match.end())


def _street_and_city(line: str, before: str) -> tuple[str | None, str | None]:
    """Street and city from the text before a state, `line` being its last line."""
    parts = [part for part in re.split(r"\s*[,;]\s*|\s+[-–]\s+", line) if part]
    city = parts[-1] if parts else ""
    rest = ", ".join(parts[:-1])
    if cut := _STREET_END.match(city):
        city, rest = city[cut.end() :], ", ".join([*parts[:-1], cut[0].strip(" ,")])
    city = city.strip(" .:")
    if not re.fullmatch(_CITY, city) or len(city) > 35 or (len(parts) == 1 and city.count(" ") > 2 and not rest):
        return None, None
    return street_in(rest) if rest else _street_before(before + "\n", len(before) - len(line)), city


def _british(text: str, hint: str | None) -> Iterator[Address]:
    """`250 Finchley Road, Hampstead, London NW3 6DN`, also over several lines."""
    for count, match in enumerate(_GB_POSTCODE.finditer(text)):
        if count >= MOST:
            return
        before = text[max(0, match.start() - 160) : match.start()]
        parts = [part.strip(" .:-–") for part in re.split(r"[,\n\t|•]|  ", before)][-6:]
        parts = [part for part in parts if part]
        region = parts.pop() if parts and parts[-1] in _counties() else None
        city = parts.pop() if parts and re.fullmatch(_CITY, parts[-1]) and len(parts[-1]) < 30 else None
        if city is None and hint != "GB":
            continue
        if parts and parts[-1] in _counties():
            region = parts.pop()
        street = _british_street(parts)
        if city and street is None and re.match(r"\d", city):
            city, street = None, city
        if city or street:
            yield Address(street, f"{match[1]} {match[2]}", city, region, "GB", stated=True, start=match.start(), end=match.end())


def _british_street(parts: list[str]) -> str | None:
    """The parts that are streets, units and estates, with the village after them left out."""
    streets = [place for place, part in enumerate(parts[-4:], max(0, len(parts) - 4)) if is_street(part)]
    return street_in(", ".join(parts[streets[0] : streets[-1] + 1])) and ", ".join(map(unlabelled, parts[streets[0] : streets[-1] + 1])) if streets else None


def _street_before(text: str, at: int) -> str | None:
    """The street on the same line before a place, or on one of the two lines before."""
    before = text[max(0, at - 260) : at]
    *lines, same = re.split(r"\n", before)
    same = _last_cell(same)
    if len(same) > 3 and (street := street_in(same)):
        return street
    if len(same) > 25:
        return None
    for line in lines[-1:-3:-1]:
        if street := street_in(_last_cell(line)):
            return street
    return None


def _last_cell(line: str) -> str:
    cells = [cell.strip(" ,;-–:") for cell in re.split(r"[|•·\t]", line)]
    return next((cell for cell in reversed(cells) if cell), "")


def _country_named(text: str, at: int) -> str | None:
    """The country that follows an address on its line or the next, as a name or as USA, UK."""
    word = _COUNTRY_AFTER.match(text[at : at + 70])
    if word is None:
        return None
    for length in (3, 2, 1):
        name = " ".join(word[1].split()[:length]).rstrip(".") if length == 1 else " ".join(word[1].split()[:length])
        if len(name) > 3 or name in {"USA", "UK"}:
            code = country_code(name)
            if code:
                return code
    return None


def _countries() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = words("addresses")["before_city"]
    return table


def _shape_of(country: str) -> str | None:
    row = _countries().get(country)
    return row["shape"] if row else None


def _shapes() -> list[str]:
    return sorted(words("addresses")["shapes"], key=len, reverse=True)


@cache
def _counties() -> frozenset[str]:
    return frozenset(words("addresses")["counties"])


@cache
def _prefixes() -> dict[str, str]:
    return {prefix: country for country, row in _countries().items() for prefix in row["prefix"]}


@cache
def _state_pattern(country: str) -> re.Pattern[str]:
    row = words("addresses")["after_city"][country]
    states = either([*row["states"], *row["states"].values()])
    return re.compile(rf"(?<![A-Za-z])(?P<state>{states})\.?,?[ \n]{{1,2}}(?P<post>{row['post']})")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = words("addresses")
    shapes = "|".join(f"(?P<shape{name.replace('-', '_')}>{table['shapes'][name]})" for name in _shapes())
    prefix = either([re.escape(one) for one in _prefixes()])
    return {"before": re.compile(rf"(?<![\w.,/+-])(?:(?P<prefix>{prefix})[-– ]{{1,3}})?(?P<post>{shapes}) {{1,2}}(?P<city>{_CITY})")}
