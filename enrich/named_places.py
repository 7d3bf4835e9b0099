"""Places of a company that stand without a postcode: `Offices in Leeds and York`, `Reno, Nevada`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from enrich.document import Document
from enrich.letters import CAPITALS
from enrich.postal_lines import may_be_city, street_before
from enrich.signs import beginnings
from enrich.tables import either, words
from leads.lexicon.places.countries import country_code
from leads.lexicon.places.regions import State, city_country, state_by_name, states_by_code

MOST = 60
_MOST_COMMAS = 600
_LONGEST_CITY = 32
#: An initial (`Sarah M.`) is no part of a city; `St.` is.
_WORD = rf"(?:(?:St|Ste|Ft|Mt|Bad)\.|[{CAPITALS}][^\W\d_]+(?:[-'’][^\W\d_]+)*)"
_CITY = rf"{_WORD}(?: (?:{_WORD}|de|la|le|du|of|am|an der|upon|del|di)){{0,3}}"
_CITY_AT_END = re.compile(rf"(?:^|(?<=[\s(]))(?P<city>{_CITY}) ?\Z")
_AREA = re.compile(r", ?(?=[A-Z])(?P<area>[A-Za-zÀ-ž.]{2,20}(?: [A-Z][A-Za-zÀ-ž.]{2,20}){0,2})")
_DIGIT = re.compile(r"\d")
_LINE_END = re.compile(r"[ .]{0,3}(?:[\n\t|•]|\Z)")
_FIRST_CITY = re.compile(_CITY)
#: The last word of every phrase, which is fast to look for.
_JOINT = re.compile(
    r"[ \n](?:in|à|a|di|en|w|i|over|[Tt]hroughout|[Ss]erving|[Ss]ervicing|[Cc]overing) (?=[A-Z])"
)
_COLLECTED = re.compile(rf"(?:, (?:and |und |et |e |y |en )?| (?:and|und|et|e|y|en|&) )({_CITY})")
_LONGEST_TITLE, _LINE = 200, 120
#: A list of places counts after a line such as `Our locations` on the same page.
_REACH, _REACH_OF_OTHERS = 12_000, 1_500


@dataclass(frozen=True, slots=True)
class Place:
    """A city with what is next to it; `start` and `end` are its position in the text."""

    street: str | None
    city: str
    region: str | None
    country: str | None
    start: int
    end: int


def named_places(document: Document) -> list[Place]:
    """Return the places that the page calls its own, in order; each city once."""
    found = [*_with_area(document), *_enumerated(document.text, document.folded)]
    kept: dict[str, Place] = {}
    for one in sorted(found, key=lambda place: place.start):
        before = kept.get(one.city.casefold())
        if before is None or (one.street and not before.street):
            kept[one.city.casefold()] = one
    return list(kept.values())[:MOST]


def _with_area(document: Document) -> Iterator[Place]:
    """Find `Reno, Nevada` and `Lyon, France`: alone on a line, or after `located in`."""
    text = document.text
    announced = _Announced(document)
    for comma in islice(_AREA.finditer(text), _MOST_COMMAS):
        area = _area(comma["area"], document.hint)
        if area is None:
            continue
        region, country, length, is_code = area
        end = comma.start("area") + length
        line, city = _city_before(text, comma.start())
        if city is None:
            continue
        start = city.start("city")
        street = _street(text, line, start)
        if text[line:start].strip():
            is_own = _is_said_of_owner(document, start)
        else:
            is_alone = _LINE_END.match(text, end) is not None
            is_own = is_alone and announced.covers(start, "" if is_code else city["city"])
        if is_own or (street is not None and _ends_there(text, line, start, end)):
            yield Place(street, city["city"], region, country, start, end)


def _city_before(text: str, comma: int) -> tuple[int, re.Match[str] | None]:
    """Return where the line or cell of a comma begins, and the city before the comma."""
    line = max(text.rfind(sign, max(0, comma - _LINE), comma) for sign in "\n\t|")
    line = max(line + 1, comma - _LINE)
    city = _CITY_AT_END.search(text, line, comma)
    if city is None or len(city["city"]) > _LONGEST_CITY or _is_no_city(city["city"]):
        return line, None
    return line, city


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
    if _patterns()["phrase_before"].search(folded, begin, start):
        return True
    return folded.endswith((" in ", " at "), begin, start) and document.names_owner(
        folded[begin:start]
    )


class _Announced:
    """Where lines of the page announce places, looked up once a page and only when needed."""

    __slots__ = ("_folded", "_has", "_headings", "_others")

    def __init__(self, document: Document) -> None:
        self._folded = document.folded
        self._has = document.has
        self._headings: list[int] | None = None
        self._others: list[int] = []

    def covers(self, start: int, city: str) -> bool:
        """Check that a line above announces places, or that the page names the city again.

        "" for a city that only a code follows: two letters may be a degree (`Jo Bloggs, MA`).
        """
        if self._headings is None:
            self._headings, self._others = map(self._starts, ("headings", "others"))
        heading = _last(self._headings, start - _REACH, start)
        if _last(self._others, max(heading, start - _REACH_OF_OTHERS), start) >= 0:
            return False
        return heading >= 0 or (bool(city) and self._folded.count(city.casefold()) > 1)

    def _starts(self, kind: str) -> list[int]:
        """Look for the texts that the patterns begin with: ten times as fast as a search."""
        pattern = _patterns()[kind]
        found: set[int] = set()
        for text in filter(self._has, beginnings("named_places", kind)):
            at = self._folded.find(text)
            while at >= 0 and len(found) < _MOST_COMMAS:
                if pattern.match(self._folded, at):
                    found.add(at)
                at = self._folded.find(text, at + 1)
        return sorted(found)


def _last(starts: list[int], begin: int, stop: int) -> int:
    place = bisect_left(starts, stop) - 1
    return starts[place] if place >= 0 and starts[place] >= begin else -1


def _enumerated(text: str, folded: str) -> Iterator[Place]:
    """Find the cities after `offices in`, `Standorte in`, when there are several."""
    for joint in islice(_JOINT.finditer(text), _MOST_COMMAS):
        start = joint.end()
        if not _patterns()["phrase_before"].search(folded, max(0, start - 80), start):
            continue
        line = max(text.rfind("\n", 0, start) + 1, start - _LINE)
        named = _cities_at(text, start)
        if _patterns()["others_in_sentence"].search(folded, line, start) or not _is_list(named):
            continue
        for city, at in named:
            if not _is_no_city(city) and len(city) <= _LONGEST_CITY:
                yield Place(None, city, None, city_country(city), at, at + len(city))


def _cities_at(text: str, start: int) -> list[tuple[str, int]]:
    """Return the capitalised names listed at a position, each with where it begins."""
    match = _FIRST_CITY.match(text, start)
    named = [(match[0], start)] if match else []
    end = match.end() if match else start
    while named and len(named) < 15 and (another := _COLLECTED.match(text, end)):
        named.append((another[1], another.start(1)))
        end = another.end()
    return named


def _is_list(named: list[tuple[str, int]]) -> bool:
    """Check for several cities: `Reno, Nevada, Acme` is one place and no list."""
    return len(named) > 1 and not any(_is_area(city) for city, _ in named[1:3])


def titled_places(title: str, text: str) -> Iterator[Place]:
    """Find large cities that the title names (`Plumbers in Leeds`) and the text names twice more."""
    named = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", title[:_LONGEST_TITLE])
    for length in (3, 2, 1):
        for at in range(len(named) - length + 1):
            city = " ".join(named[at : at + length])
            if city.casefold() in words("named_places")["other_words"] or not city.istitle():
                continue
            country = city_country(city)
            start = text.find(city) if country else -1
            if start >= 0 and text.count(city) > 1:
                yield Place(None, city, None, country, start, start + len(city))


def _is_area(name: str) -> bool:
    is_named = country_code(name) is not None or state_by_name(name) is not None
    return is_named and city_country(name) is None


def _is_no_city(city: str) -> bool:
    if _is_area(city):
        return True
    first = city.partition(" ")[0].casefold()
    return not may_be_city(city) or first in words("named_places")["no_city"]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = words("named_places")
    phrase = rf"(?<![^\W_])(?:{either(table['phrases'])})(?![^\W_]) "
    return {
        "phrase_before": re.compile(rf"{phrase}(?:the )?\Z"),
        "headings": re.compile(
            rf"(?<![^\W_])(?:{either(table['headings'])})(?![^\W_])[^\n.!?,]{{0,30}}(?=[\n:])"
        ),
        **{
            kind: re.compile(rf"(?<![^\W_])(?:{either(table[kind])})(?![^\W_])")
            for kind in ("others", "others_in_sentence")
        },
    }
