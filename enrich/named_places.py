"""Places of a company that stand without a postcode: `Offices in Leeds and York`, `Reno, Nevada`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Set
from functools import cache, lru_cache
from itertools import islice

from enrich.document import Document
from enrich.place import CITY, Place, is_no_city, large_city_country
from enrich.place_phrases import phrase_before, said_places
from enrich.places_in_text import states_in
from enrich.postal_lines import street_before
from enrich.signs import beginnings
from enrich.tables import either, words
from leads.lexicon.places.countries import country_code
from leads.lexicon.places.regions import (
    State,
    state_by_name,
    states_by_code,
)

MOST = 100
_MOST_COMMAS = 600
_CITY_AT_END = re.compile(rf"(?:^|(?<=[\s(]))(?P<city>{CITY}) ?\Z")
_AREA = re.compile(r", ?(?=[A-Z])(?P<area>[A-Za-zÀ-ž.]{2,20}(?: [A-Z][A-Za-zÀ-ž.]{2,20}){0,2})")
_COUNTRY_BEHIND = re.compile(r", ?(?P<name>[A-Z][A-Za-z. ]{1,28})(?=[\n\t|•]|\Z)")
_DIGIT = re.compile(r"\d")
_LINE_END = re.compile(r"[ .]{0,3}(?:[\n\t|•]|\Z)")
#: A line with a city alone, or with what is there (`Leeds – national headquarters`).
_LISTED = re.compile(rf" ?(?P<city>{CITY})(?: ?[–(-] ?[^\n]{{3,40}})? ?")
_LINE, _MOST_LISTED = 120, 30
#: A list of places counts after a line such as `Our locations` on the same page.
_REACH, _REACH_OF_OTHERS = 12_000, 1_500


def named_places(document: Document, known: Set[str]) -> list[Place]:
    """Return the places that the page calls its own, in order; each city once.

    Those between a city and its area are not looked at where the city, case-folded, is known.
    """
    announced = _Announced(document)
    found = [
        *_with_area(document, announced, known),
        *_with_bare_state(document),
        *_listed(document, announced),
        *said_places(document),
    ]
    kept: dict[str, Place] = {}
    for one in sorted(found, key=lambda place: place.start):
        before = kept.get(one.city.casefold())
        if before is None or (one.street and not before.street):
            kept[one.city.casefold()] = one
    return list(kept.values())[:MOST]


def _with_area(document: Document, announced: _Announced, known: Set[str]) -> Iterator[Place]:
    """Find `Reno, Nevada` and `Lyon, France`: alone on a line, or after `located in`."""
    text = document.text
    for comma in islice(_AREA.finditer(text), _MOST_COMMAS):
        area = _area(comma["area"], document.hint)
        if area is None:
            continue
        region, country, length, is_code = area
        end = _behind_country(text, comma.start("area") + length, country)
        line, city = _city_before(text, comma.start(), known)
        if city is None:
            continue
        start = city.start("city")
        if text[line:start].strip():
            is_own = _is_said_of_owner(document, start)
        else:
            is_alone = _LINE_END.match(text, end) is not None
            is_own = is_alone and (
                _is_labelled(document.folded, line)
                or announced.covers(start, "" if is_code else city["city"])
            )
        if not is_own and not _ends_there(text, line, start, end):
            continue
        street = _street(text, line, start)
        if is_own or street is not None:
            yield Place(street, city["city"], region, country, start, end)


def _with_bare_state(document: Document) -> Iterator[Place]:
    """Find `in Reno Nevada`, without a comma, in a sentence about the owner."""
    text = document.text
    for name in states_in(text):
        at = text.find(f" {name}")
        for _ in range(_MOST_COMMAS):
            if at < 0:
                break
            _, city = _city_before(text, at)
            if city is not None and _is_said_of_owner(document, city.start("city")):
                state = state_by_name(name)
                country = state.country if state else None
                yield Place(None, city["city"], name, country, city.start("city"), at)
            at = text.find(f" {name}", at + 1)


def _city_before(
    text: str, comma: int, known: Set[str] = frozenset()
) -> tuple[int, re.Match[str] | None]:
    """Return where the line or cell of a comma begins, and the city before it that is not known."""
    line = max(text.rfind(sign, max(0, comma - _LINE), comma) for sign in "\n\t|")
    line = max(line + 1, comma - _LINE)
    city = _CITY_AT_END.search(text, line, comma)
    if city is None or city["city"].casefold() in known or is_no_city(city["city"]):
        return line, None
    return line, city


def _behind_country(text: str, end: int, country: str) -> int:
    """Return where a country ends that follows its state (`Kirkland, Quebec, Canada`)."""
    match = _COUNTRY_BEHIND.match(text, end)
    name = match["name"].strip(" .") if match else ""
    return match.end() if match and country_code(name) == country else end


def _is_labelled(folded: str, line: int) -> bool:
    """Check that the cell, or the end of the line, before a place calls it the seat."""
    before = folded[max(folded.rfind("\n", 0, max(0, line - 1)) + 1, line - 60) : line]
    return _patterns()["seat_label"].search(before) is not None


def _ends_there(text: str, line: int, start: int, end: int) -> bool:
    """Check that a street is before the city on its line, or that the line ends after it."""
    return bool(text[line:start].strip()) or _LINE_END.match(text, end) is not None


@lru_cache(maxsize=1 << 13)
def _area(named: str, hint: str | None) -> tuple[str | None, str, int, bool] | None:
    """Return region, country and length of the area that a text begins with, and whether it is a
    code.
    """
    parts = named.split(" ")
    for length in range(len(parts), 0, -1):
        name = " ".join(parts[:length])
        state = _state(name.rstrip("."), hint)
        if state is not None:
            return state.name, state.country, len(name), len(name) == 2
        if len(name) > 3 and (country := country_code(name.rstrip("."))):
            return None, country, len(name), False
    return None


def _state(name: str, hint: str | None) -> State | None:
    if len(name) == 2:
        if name in words("named_places")["degrees"]:
            return None
        found = states_by_code(name)
        named = next((one for one in found if one.country == (hint or "US")), None)
        return named if named and named.country in {"US", "CA", "AU"} else None
    state = state_by_name(name)
    is_other_country = state is not None and hint not in (None, state.country)
    return None if is_other_country and country_code(name) else state


def _street(text: str, line: int, start: int) -> str | None:
    """Return the street before a city, on its line or the one above."""
    above = max(text.rfind("\n", 0, max(0, line - 1)) + 1, line - _LINE)
    if not _DIGIT.search(text, above, start):
        return None
    found = street_before(text[above:start].rstrip(" ,") + "\n", start - above)
    return found if found and any(map(str.isdigit, found)) else None


def _is_said_of_owner(document: Document, start: int) -> bool:
    """Check for `offices in` or `Acme Pumps in` right before a position."""
    folded, begin = document.folded, max(0, start - 80)
    if phrase_before().search(folded, begin, start):
        return True
    return folded.endswith((" in ", " at "), begin, start) and document.names_owner(
        folded[begin:start]
    )


def _listed(document: Document, announced: _Announced) -> Iterator[Place]:
    """Find the large cities that stand alone on the lines below `Sales offices`."""
    text = document.text
    for heading in announced.headings():
        at = text.find("\n", heading) + 1
        for _ in range(_MOST_LISTED):
            end = text.find("\n", at)
            line = _LISTED.fullmatch(text, at, end if end >= 0 else len(text)) if at > 0 else None
            if line is None:
                break
            city = line["city"]
            country = large_city_country(city, document.hint)
            if country is not None:
                yield Place(None, city, None, country, at, at + len(city))
            at = end + 1


class _Announced:
    """Where lines of the page announce places, looked up once a page and only when needed."""

    __slots__ = ("_folded", "_headings", "_others", "_signs")

    def __init__(self, document: Document) -> None:
        self._folded = document.folded
        self._signs = document.signs
        self._headings: list[int] | None = None
        self._others: list[int] = []

    def headings(self) -> list[int]:
        """Return where lines announce places."""
        if self._headings is None:
            self._headings, self._others = map(self._starts, ("headings", "others"))
        return self._headings

    def covers(self, start: int, city: str) -> bool:
        """Check that a line above announces places, or that the page names the city again.

        "" for a city that only a code follows: two letters may be a degree (`Jo Bloggs, MA`).
        """
        heading = _last(self.headings(), start - _REACH, start)
        if _last(self._others, max(heading, start - _REACH_OF_OTHERS), start) >= 0:
            return False
        return heading >= 0 or (bool(city) and self._is_repeated(city.casefold()))

    def _is_repeated(self, city: str) -> bool:
        """Look for a second place only: to count all takes long on a page of one city."""
        second = self._folded.find(city) + len(city)
        return second >= len(city) and self._folded.find(city, second) >= 0

    def _starts(self, kind: str) -> list[int]:
        """Look for the texts that the patterns begin with: ten times as fast as a search."""
        pattern = _patterns()[kind]
        found: set[int] = set()
        for text in self._signs & beginnings("named_places", kind):
            at = self._folded.find(text)
            while at >= 0 and len(found) < _MOST_COMMAS:
                if pattern.match(self._folded, at):
                    found.add(at)
                at = self._folded.find(text, at + 1)
        return sorted(found)


def _last(starts: list[int], begin: int, stop: int) -> int:
    place = bisect_left(starts, stop) - 1
    return starts[place] if place >= 0 and starts[place] >= begin else -1


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = words("named_places")
    seats = either(map(re.escape, (*words("addresses")["seat"], "location", "standort")))
    return {
        "seat_label": re.compile(rf"(?<![^\W_])(?:{seats})[ :\t|]*\n?\Z"),
        "headings": re.compile(
            rf"(?<![^\W_])(?:{either(table['headings'])})(?![^\W_])[^\n.!?,]{{0,30}}(?=[\n:])"
        ),
        "others": re.compile(rf"(?<![^\W_])(?:{either(table['others'])})(?![^\W_])"),
    }
