"""Address formats: postcode before the city, and state and postcode after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from enrich.postal_lines import CITY, MOST, Address, country_named, street_before
from enrich.streets import street_in
from enrich.tables import either, words
from leads.lexicon.places.countries import country_code

_CITY_TAIL = re.compile(r"\s+(?:cedex|cidex)\b.*$|\s+\d+.*$", re.IGNORECASE)
#: The pattern begins with a digit, so the search can skip ahead; preceding text is checked from
#: there.
_BEFORE_CITY = re.compile(
    r"(?P<post>\d(?:\d{4}|\d{3}-\d{3}|\d{3}(?: ?[A-Z]{2}(?= ))?|\d{2}"
    rf" \d{{2}}|\d-\d{{3}})) {{1,2}}(?P<city>{CITY})"
)
_PREFIX = re.compile(r"(?:^|[^\w.,/+-])(?P<prefix>[A-Z]{1,3})[-– ]{1,3}\Z")
#: Before a postcode, these make it part of another number or word.
_GLUE = tuple("0123456789.,/+-–_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


def before_city(text: str, hint: str | None) -> Iterator[Address]:
    """Find `10115 Berlin`, `D-10115 Berlin`, `1011 AB Amsterdam`, `00-950 Warszawa`."""
    for count, match in enumerate(_BEFORE_CITY.finditer(text)):
        if count >= MOST * 3:
            return
        city = _CITY_TAIL.sub("", match["city"]).strip(" .,-–")
        if city.partition(" ")[0].casefold() in words("addresses")["no_city"] or len(city) < 2:
            continue
        lead = _PREFIX.search(text, max(0, match.start() - 8), match.start())
        if lead is None and text[match.start() - 1 : match.start()] in _GLUE:
            continue
        shape = _shape(match["post"])
        named = country_named(text, match.end()) or country_named(city, city.rfind(" "))
        prefix = _prefixes().get(lead["prefix"]) if lead else None
        alone = _country_of_shape(shape)
        possible = (code for code in (prefix, named, alone, hint) if code)
        country = next((code for code in possible if _shape_of(code) == shape), None)
        if country is None:
            continue

        street = street_before(text, lead.start("prefix") if lead else match.start())
        common = shape in {"9999", "99999"} or country != hint
        if street is None and not prefix and common:
            continue
        if named and " " in city and country_code(city.rpartition(" ")[2]):
            city = city.rpartition(" ")[0]
        yield Address(
            street,
            match["post"],
            city,
            None,
            country,
            country in {prefix, named, alone},
            match.start(),
            match.end("city"),
        )


def after_city(text: str, hint: str | None) -> Iterator[Address]:
    """Find `Wichita, KS 67206`, `Toronto, ON M3J 2M4`, `Perth WA 6006`."""
    for country, row in words("addresses")["after_city"].items():
        if country == "AU" and hint != "AU":
            continue
        posts, states = _state_patterns(country)
        for count, match in enumerate(posts.finditer(text)):
            if count >= MOST * 3:
                break
            state = states.search(text, max(0, match.start() - 32), match.start())
            if state is None:
                continue
            before = text[max(0, state.start() - 200) : state.start()].rstrip(" ,\t\n")
            line = re.split(r"[\n\t|•]", before)[-1]
            street, city = _street_and_city(line, before)
            if city is None:
                continue
            region = row["states"].get(state["state"], state["state"])
            start = text.rfind(city, max(0, state.start() - 200), state.start())
            yield Address(
                street,
                match["post"],
                city,
                region,
                country,
                stated=True,
                start=start,
                end=match.end(),
            )


def _street_and_city(line: str, before: str) -> tuple[str | None, str | None]:
    """Return street and city from the text before a state; `line` is its last line."""
    parts = [part for part in re.split(r"\s*[,;]\s*|\s+[-–]\s+", line) if part]
    city = parts[-1] if parts else ""
    rest = ", ".join(parts[:-1])
    if cut := _street_end().match(city):
        city, rest = city[cut.end() :], ", ".join([*parts[:-1], cut[0].strip(" ,")])
    city = city.strip(" .:")
    if (
        not re.fullmatch(CITY, city)
        or len(city) > 35
        or (len(parts) == 1 and city.count(" ") > 2 and not rest)
    ):
        return None, None
    return street_in(rest) if rest else street_before(before + "\n", len(before) - len(line)), city


def _countries() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = words("addresses")["before_city"]
    return table


def _country_of_shape(shape: str) -> str | None:
    """Return the country that alone has postcodes of this shape; None if several do."""
    rows = _countries().items()
    return next((code for code, row in rows if row["shape"] == shape and "self" in row), None)


def _shape_of(country: str) -> str | None:
    row = _countries().get(country)
    return row["shape"] if row else None


def _shape(postcode: str) -> str:
    """Replace each digit by 9 and each letter by A (`1015AB` → `9999 AA`)."""
    shape = "".join(
        "9" if letter.isdigit() else "A" if letter.isalpha() else letter for letter in postcode
    )
    return "9999 AA" if shape == "9999AA" else shape


@cache
def _prefixes() -> dict[str, str]:
    return {prefix: country for country, row in _countries().items() for prefix in row["prefix"]}


@cache
def _street_end() -> re.Pattern[str]:
    """Match the end of a street that the city follows without a comma (`4120 Clipper Court
    Fremont`).
    """
    ends = either(words("addresses")["street_ends"])
    return re.compile(
        rf"^.*\b(?:{ends})\b\.?(?: (?:north|south|east|west)\b)?,?\s+(?=[A-Z])", re.IGNORECASE
    )


@cache
def _state_patterns(country: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Match a postcode, then the state right before it: ten times faster than the reverse."""
    row = words("addresses")["after_city"][country]
    states = either([*row["states"], *row["states"].values()])
    return re.compile(rf"(?P<post>{row['post']})"), re.compile(
        rf"(?<![A-Za-z])(?P<state>{states})\.?,?[ \n]{{1,2}}\Z"
    )
