"""Addresses with state and postcode after the city: the United States, Canada, Australia."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice

from enrich.letters import CAPITALS
from enrich.numbers import lettered, numbered
from enrich.postal_lines import CITY, MOST, Address, last_cell, street_before
from enrich.streets import street_in
from enrich.tables import either, words
from leads.lexicon.places.regions import state_spellings

_REACH, _LONGEST_STATE, _LONGEST_CITY = 200, 48, 35
_BEFORE_POST = (" ", "\n", "\t", ",")
#: Between city and state, in either order of line, cell, bullet and comma.
_BETWEEN = " ,\t\n|•·(–-"
_PARTS = re.compile(r"(?:(?<!\s)\s+)?[,;]\s*|(?<!\s)\s+[-–]\s+")
#: Between state and postcode: a space, a line, a mark (`NV - 89501`), the country (`NV, USA 89501`).
_TO_POST = (
    r"(?:\)?\.?,?[ \n]{1,3}|\)? ?[|•·\t,] {0,2}| [–-] )"
    r"(?:(?:USA|U\.S\.A\.|United States|Canada|Australia),?[ \n]{1,2})?"
)
#: `12 Sample`, where the whole of state and postcode follows: elsewhere it need not be a street.
_NUMBER_AND_NAMES = re.compile(
    rf"\d{{1,6}}[A-Z]?(?: ?-\d{{1,4}})?(?: [NSEW]\.?| \d{{1,3}}(?:st|nd|rd|th|ST|ND|RD|TH)\b"
    rf"| [{CAPITALS}][\w'’.-]{{1,20}}){{1,5}}(?:,? ?#[ ]?[\w-]{{1,6}})?"
)
_DIRECTION = re.compile(r"(?<=\w\w)\.? (North|South|East|West)\Z")
#: Codes of Australian states that no other country has.
_SURELY_AUSTRALIAN = ("NSW", "VIC", "QLD", "TAS")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """How a country writes postcode and state; `names` are the states by spelling."""

    post: re.Pattern[str]
    state: re.Pattern[str]
    names: Mapping[str, str]


def after_city(text: str, hint: str | None) -> Iterator[Address]:
    """Find `Wichita, KS 67206`, `Reno - Nevada - 89501`, `Toronto, ON M3J 2M4`, `Perth WA 6006`."""
    for country in words("addresses")["after_city"]:
        if country == "AU" and hint != "AU" and not _is_surely_australian(text):
            continue
        patterns = _patterns(country)
        found = lettered if country == "CA" else numbered
        for match in islice(found(patterns.post, text), MOST * 3):
            if text[match.start() - 1 : match.start()] not in _BEFORE_POST:
                continue
            address = _read(text, match, country, patterns)
            if address is not None and (country != "AU" or _may_be_australian(address, hint)):
                yield address


def _read(text: str, match: re.Match[str], country: str, patterns: _Patterns) -> Address | None:
    state = patterns.state.search(text, max(0, match.start() - _LONGEST_STATE), match.start())
    if state is None:
        return None
    begin = max(0, state.start() - _REACH)
    before = text[begin : state.start()].rstrip(_BETWEEN)
    street, city = _street_and_city(re.split(r"[\n\t|•·]", before)[-1], before)
    if city is None:
        return None
    street, city = _with_direction(street, city, state["state"], text)
    return Address(
        street,
        match["post"],
        city,
        patterns.names[state["state"]],
        country,
        stated=True,
        start=text.rfind(city, begin, state.start()),
        end=match.end(),
    )


def _street_and_city(line: str, before: str) -> tuple[str | None, str | None]:
    """Return street and city from the text before a state; `line` is its last line."""
    parts = [part for part in _PARTS.split(line) if part]
    city = parts[-1] if parts else ""
    rest = ", ".join(parts[:-1])
    street, city = street_and_city(city)
    if street:
        rest = ", ".join([*parts[:-1], street])
    city = city.strip(" .:")
    if not _is_city(city) or (len(parts) == 1 and city.count(" ") > 2 and not rest):
        return None, None
    if rest:
        return street_in(rest) or _numbered(rest), city
    above = before[: len(before) - len(line)].rstrip(_BETWEEN)
    return street_before(above + "\n", len(above) + 1) or _numbered(above), city


def _is_city(text: str) -> bool:
    return re.fullmatch(CITY, text) is not None and len(text) <= _LONGEST_CITY


def _with_direction(street: str | None, city: str, state: str, text: str) -> tuple[str | None, str]:
    """Give a town its direction: the page names `West Orme, MA` where no street is before it."""
    match = _DIRECTION.search(street or "")
    if match is None or street is None:
        return street, city
    town = f"{match[1]} {city}"
    is_named = any(f"{sign} {town}, {state}" in text for sign in (",", "-", "–", "in", "of"))
    is_named = is_named or f"\n{town}, {state}" in text
    return (street[: match.start()], town) if is_named else (street, city)


def _numbered(text: str) -> str | None:
    """Return the number and names that a text ends with, if they fill its last line or cell."""
    last = last_cell(text.rpartition("\n")[2])
    return last if _NUMBER_AND_NAMES.fullmatch(last) else None


def street_and_city(line: str) -> tuple[str, str]:
    """Split a line where a city follows a street without a comma; "" and the line otherwise.

    `4120 Clipper Court Fremont` and `12 Alder Ave St. Paul`, but not `Port St. Lucie`.
    """
    if not any(map(str.isdigit, line)):
        return "", line
    match = _before_saint().match(line) or _before_name().match(line)
    if match is None:
        return "", line
    return match[0].strip(" ,").removesuffix(" in"), line[match.end() :]


def _is_surely_australian(text: str) -> bool:
    return any(f" {code} " in text for code in _SURELY_AUSTRALIAN)


def _may_be_australian(address: Address, hint: str | None) -> bool:
    if hint == "AU":
        return True
    named = state_spellings("AU")
    return address.region in {named[code] for code in _SURELY_AUSTRALIAN}


@cache
def state_names(country: str) -> Mapping[str, str]:
    """Return a country's states, by code, name and abbreviation."""
    return {**state_spellings(country), **words("addresses")["as_states"].get(country, {})}


@cache
def _before_name() -> re.Pattern[str]:
    ends = either(words("addresses")["street_ends"])
    return re.compile(
        rf"^.*\b(?:{ends})\b\.?(?: (?:extension|ext|north|south|east|west)\b\.?)?"
        r",?\s+(?:in\s+)?(?=(?-i:[A-Z]))",
        re.IGNORECASE,
    )


@cache
def _before_saint() -> re.Pattern[str]:
    """Match the street before a town that begins with a word that also ends streets."""
    ends = either(words("addresses")["street_ends_before_saints"])
    return re.compile(rf"^.*\b(?i:{ends})\b\.?,?\s+(?=(?:St|Ste|Mt|Ft)\b\.? [A-Z])")


@cache
def _patterns(country: str) -> _Patterns:
    """Match a postcode, then the state right before it: ten times faster than the reverse."""
    table = words("addresses")
    names = dict(state_names(country))
    names |= {name.upper(): state for name, state in names.items()}
    titled = {code.title(): state for code, state in names.items() if len(code) == 2}
    names |= {code: titled[code] for code in titled if code not in table["codes_like_words"]}
    states = either(map(re.escape, names))
    return _Patterns(
        re.compile(rf"(?P<post>{table['after_city'][country]['post']})"),
        re.compile(rf"(?=[A-Z])(?<![A-Za-z])(?P<state>{states}){_TO_POST}\Z"),
        names,
    )
