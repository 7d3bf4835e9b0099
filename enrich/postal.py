"""Postal addresses in text: where a postcode stands with a city, and the street before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from enrich.streets import is_part_of_house, is_street, street_in, unlabelled
from enrich.tables import either, words
from leads.lexicon.places.countries import country_code

#: Addresses read of one page; one with more is a directory.
MOST = 40
_LONGEST_LINE = 60

_CITY_WORD = r"[A-ZÀ-ÖØ-Þ][^\W\d_]*(?:[.'’/-]+[^\W\d_]+)*\.?"
_JOINTS = r"am|an|der|den|dem|im|in|bei|ob|a\.|d\.|i\.|v\.|sur|sous|de|du|des|le|la|les|en|di|del|della|do|da|dos|op|aan|ten|upon|and|of"  # noqa: E501
_CITY = rf"{_CITY_WORD}(?: (?:{_CITY_WORD}|{_JOINTS})){{0,4}}"
_CITY_TAIL = re.compile(r"\s+(?:cedex|cidex)\b.*$|\s+\d+.*$", re.IGNORECASE)
GB_POSTCODE = re.compile(
    r"(?<![A-Za-z0-9])([A-PR-UWYZ](?:\d{1,2}|[A-HK-Z]\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRV-Y]))"
    r" ?(\d[ABD-HJLNP-UW-Z]{2})(?![A-Za-z0-9])"
)
_COUNTRY_AFTER = re.compile(
    r"(?:\([A-Z]{2}\)|[ ,.–|•(\t\n-]|(?i:cedex)|\d{1,2}(?!\d))*([A-Za-zÀ-ž.]+(?:"
    r" [A-ZÀ-Þ][A-Za-zÀ-ž.]+){0,2})"
)
#: A pattern that begins with a digit skips to the next digit; what stands before is looked at from
#: there back.
_BEFORE_CITY = re.compile(
    r"(?P<post>\d(?:\d{4}|\d{3}-\d{3}|\d{3}(?: ?[A-Z]{2}(?= ))?|\d{2}"
    rf" \d{{2}}|\d-\d{{3}})) {{1,2}}(?P<city>{_CITY})"
)
_THREE_LINES = re.compile(
    rf"^(?=(?P<street>[^\n]{{5,90}})\n(?P<city>{_CITY}) ?\n(?P<country>[A-ZÀ-Þ][A-Za-zÀ-ž."
    r" ]{3,30})(?:\n|\Z))",
    re.MULTILINE,
)
_PREFIX = re.compile(r"(?:^|[^\w.,/+-])(?P<prefix>[A-Z]{1,3})[-– ]{1,3}\Z")
#: Before a postcode, these make it part of another number or word.
_GLUE = tuple("0123456789.,/+-–_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


@dataclass(frozen=True, slots=True)
class Address:
    """One address as written; `start` and `end` are its place in the text."""

    street: str | None
    #: "" in countries that have none.
    postcode: str
    city: str | None
    region: str | None
    country: str
    #: Whether the text names the country or the postcode's form is its alone; else it rests on what
    #: kind of page this is.
    stated: bool
    start: int
    end: int


def addresses(text: str, hint: str | None) -> list[Address]:
    """The addresses in a text, in its order. `hint` is the country whose form a postcode is read in
    when nothing else tells.
    """
    found = [
        *_after_city(text, hint),
        *_british(text, hint),
        *_before_city(text, hint),
        *_without_postcode(text),
    ]
    kept: list[Address] = []
    for address in sorted(found, key=lambda one: one.start):
        if not kept or address.start >= kept[-1].end:
            kept.append(address)
    return kept[:MOST]


def _before_city(text: str, hint: str | None) -> Iterator[Address]:
    """`10115 Berlin`, `D-10115 Berlin`, `1011 AB Amsterdam`, `00-950 Warszawa`."""
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
        named = _country_named(text, match.end()) or _country_named(city, city.rfind(" "))
        prefix = _prefixes().get(lead["prefix"]) if lead else None
        alone = next(
            (code for code, row in _countries().items() if row["shape"] == shape and "self" in row),
            None,
        )
        country = next(
            (code for code in (prefix, named, alone, hint) if code and _shape_of(code) == shape),
            None,
        )
        street = _street_before(text, lead.start("prefix") if lead else match.start())
        if country is None or (
            street is None and not prefix and (shape in {"9999", "99999"} or country != hint)
        ):
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


def _after_city(text: str, hint: str | None) -> Iterator[Address]:
    """`Wichita, KS 67206`, `Toronto, ON M3J 2M4`, `Perth WA 6006`."""
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
    """Street and city from the text before a state, `line` being its last line."""
    parts = [part for part in re.split(r"\s*[,;]\s*|\s+[-–]\s+", line) if part]
    city = parts[-1] if parts else ""
    rest = ", ".join(parts[:-1])
    if cut := _street_end().match(city):
        city, rest = city[cut.end() :], ", ".join([*parts[:-1], cut[0].strip(" ,")])
    city = city.strip(" .:")
    if (
        not re.fullmatch(_CITY, city)
        or len(city) > 35
        or (len(parts) == 1 and city.count(" ") > 2 and not rest)
    ):
        return None, None
    return street_in(rest) if rest else _street_before(before + "\n", len(before) - len(line)), city


def _british(text: str, hint: str | None) -> Iterator[Address]:
    """`250 Finchley Road, Hampstead, London NW3 6DN`, also over several lines."""
    for count, match in enumerate(GB_POSTCODE.finditer(text)):
        if count >= MOST:
            return
        before = text[max(0, match.start() - 160) : match.start()]
        parts = [part.strip(" .:-–") for part in re.split(r"[,\n\t|•]|  ", before)][-6:]
        parts = [part for part in parts if part]
        region = parts.pop() if parts and parts[-1] in _counties() else None
        city = (
            parts.pop()
            if parts and re.fullmatch(_CITY, parts[-1]) and len(parts[-1]) < 30
            else None
        )
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
    """The parts that are streets, units and estates, with the village after them left out."""
    streets = [
        place for place, part in enumerate(parts[-4:], max(0, len(parts) - 4)) if is_street(part)
    ]
    return (
        street_in(", ".join(parts[streets[0] : streets[-1] + 1]))
        and ", ".join(map(unlabelled, parts[streets[0] : streets[-1] + 1]))
        if streets
        else None
    )


def _street_before(text: str, at: int) -> str | None:
    """The street on the same line before a place, or on one of the two lines before."""
    before = text[max(0, at - 260) : at]
    *lines, same = re.split(r"\n", before)
    same = _last_cell(same)
    if len(same) > 3 and (street := street_in(same)):
        return street
    if len(same) > 25:
        return None
    for place, line in enumerate(lines[-1:-3:-1], 1):
        if street := street_in(_last_cell(line)):
            before = (
                _last_cell(lines[-place - 1])
                if is_part_of_house(street) and len(lines) > place
                else ""
            )
            return (
                f"{before.rstrip(',')}, {street}"
                if before and len(before) < _LONGEST_LINE
                else street
            )
    return None


def _without_postcode(text: str) -> Iterator[Address]:
    """`5 Example Quay`, `Dunmore`, `Ireland` on three lines."""
    for count, match in enumerate(_THREE_LINES.finditer(text)):
        if count >= MOST * 3:
            return
        country, street = country_code(match["country"].strip()), _last_cell(match["street"])
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


def _last_cell(line: str) -> str:
    cells = [cell.strip(" ,;-–:") for cell in re.split(r"[|•·\t]", line)]
    return next((cell for cell in reversed(cells) if cell), "")


def _country_named(text: str, at: int) -> str | None:
    """The country that follows an address on its line or the next, as a name or as USA, UK."""
    word = _COUNTRY_AFTER.match(text[at : at + 70])
    if word is None:
        return None
    for length in (3, 2, 1):
        name = (
            " ".join(word[1].split()[:length]).rstrip(".")
            if length == 1
            else " ".join(word[1].split()[:length])
        )
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


def _shape(postcode: str) -> str:
    """9 for each digit, A for each letter (`1015AB` → `9999 AA`)."""
    shape = "".join(
        "9" if letter.isdigit() else "A" if letter.isalpha() else letter for letter in postcode
    )
    return "9999 AA" if shape == "9999AA" else shape


@cache
def _counties() -> frozenset[str]:
    return frozenset(words("addresses")["counties"])


@cache
def _prefixes() -> dict[str, str]:
    return {prefix: country for country, row in _countries().items() for prefix in row["prefix"]}


@cache
def _street_end() -> re.Pattern[str]:
    """What ends a street that the city follows without a comma (`4120 Clipper Court Fremont`)."""
    ends = either(words("addresses")["street_ends"])
    return re.compile(
        rf"^.*\b(?:{ends})\b\.?(?: (?:north|south|east|west)\b)?,?\s+(?=[A-Z])", re.IGNORECASE
    )


@cache
def _state_patterns(country: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A postcode, and the state that must end right before it: the other way round takes ten times
    as long.
    """
    row = words("addresses")["after_city"][country]
    states = either([*row["states"], *row["states"].values()])
    return re.compile(rf"(?P<post>{row['post']})"), re.compile(
        rf"(?<![A-Za-z])(?P<state>{states})\.?,?[ \n]{{1,2}}\Z"
    )
