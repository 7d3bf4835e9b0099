"""Parts shared by all address formats: the address, cities, streets and countries nearby."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from enrich.letters import CAPITALS
from enrich.streets import is_box, is_part_of_house, is_street, street_in
from enrich.tables import words
from leads.lexicon.places.countries import country_code
from leads.lexicon.places.regions import city_country

#: Maximum addresses per page; a page with more is a directory.
MOST = 40
_LONGEST_LINE = 60

#: `'s-Gravenhage`, `nell'Emilia`, `d'Alene`.
_ELIDED = r"['’‘`][sdt][- ]|(?:d|l|dell|nell|sull|all)['’]"
_CITY_WORD = rf"(?:{_ELIDED})?[{CAPITALS}][^\W\d_]*(?:[.'’/-]+[^\W\d_]+)*\.?"
_JOINT = (
    r"(?:[adiov]\. ?(?:d\. ?)?|(?:am|an|der|den|dem|im|in|bei|ob|sur|sous|de|du|des|le|la|les|lès|lez"
    r"|en|di|del|della|do|da|dos|op|aan|ten|van|upon|on|the|and|of|nad|pod) )"
)
CITY = rf"{_CITY_WORD}(?: {_JOINT}{{0,3}}{_CITY_WORD}){{0,4}}"
#: Letters before a postcode that name it (`Calle Mayor 5, C.P. 28013`).
_LABEL_BEFORE = re.compile(r"(?<![ ,–-])[ ,–-]+(?:C\. ?P\.|CP|CAP|PLZ|CEP|PSČ|PNA)[.: ]*\Z")
#: `Sample Road 5 in 10115 Berlin`.
_IN_BEFORE = re.compile(r"(?<=[\w.]) (?:in|à|en|at|w|te) ?\Z")
_STREET_AFTER = re.compile(r", ?(?P<street>[^\n\t,;|•]{5,50})(?=[\n\t,;|•]|\Z)")
#: `Minta u. 5` is a street.
_HUNGARIAN = re.compile(r"(?<= )u\.(?= ?\d)")
_COUNTRY_AFTER = re.compile(
    r"(?:\([A-Z]{2}\)|[ ,.–|•(\t\n-]|(?i:cedex)|\d{1,2}(?!\d)){0,40}+([A-Za-zÀ-ž.]+(?:"
    rf" [{CAPITALS}][A-Za-zÀ-ž.]+){{0,2}})"
)


@dataclass(frozen=True, slots=True)
class Address:
    """One address as written; `start` and `end` are its position in the text."""

    street: str | None
    #: "" in countries without postcodes.
    postcode: str
    city: str | None
    region: str | None
    country: str
    #: True if the text names the country or the postcode format is unique; otherwise confidence
    #: depends on the kind of page.
    stated: bool
    start: int
    end: int


def street_before(text: str, at: int) -> str | None:
    """Return the street before a position, on its line or one of the two lines before.

    The box of a large sender between street and postcode belongs to neither.
    """
    before = _IN_BEFORE.sub("", _LABEL_BEFORE.sub("", text[max(0, at - 260) : at]))
    without_box = _box_at_end().sub("", before)
    street = _on_lines(without_box)
    return street if street or without_box == before else _on_lines(before)


def _on_lines(before: str) -> str | None:
    *lines, same = re.split(r"\n", before)
    same = last_cell(same)
    if len(same) > 3 and (street := street_in(same)):
        return street
    if len(same) > 25:
        return None
    for place, line in enumerate(lines[-1:-3:-1], 1):
        street = street_in(last_cell(line))
        if street and is_box(street) and place < len(lines):
            # A box below the street: the street is where the company is.
            street = street_in(last_cell(lines[-place - 1])) or street
        if street:
            return _with_road(street, lines[-place - 1 : -place - 4 : -1])
    return None


def _with_road(street: str, lines: list[str]) -> str:
    """Put the road before a floor, suite or building on a line of its own; `lines` are above it."""
    if not is_part_of_house(street) or not lines:
        return street
    above = [last_cell(one) for one in lines]
    for height, line in enumerate(above, 1):
        if len(line) < _LONGEST_LINE and is_street(line) and not is_part_of_house(line):
            return ", ".join([*(one.rstrip(",") for one in above[:height][::-1]), street])
    return f"{above[0].rstrip(',')}, {street}" if 0 < len(above[0]) < _LONGEST_LINE else street


@cache
def _box_at_end() -> re.Pattern[str]:
    """Match a box after a comma, a dash or a line (`1 rue …, CS 12345, 92066 …`)."""
    box = words("addresses")["large_boxes"]
    return re.compile(rf"(?:, ?|\n| [–-] )(?i:{box})[\s,–-]{{0,4}}\Z")


def street_after(text: str, at: int) -> tuple[str, int] | None:
    """Return the street after the city on its line, and its end (`1051 Budapest, Minta utca 5`)."""
    match = _STREET_AFTER.match(text, at)
    if match is None or not is_street(_HUNGARIAN.sub("utca", match["street"]).rstrip(".")):
        return None
    return match["street"].rstrip(". "), match.end()


def may_be_city(name: str) -> bool:
    """Check that a name does not begin with a word that begins no city; `Tel Aviv` is one."""
    first = name.partition(" ")[0].casefold().rstrip(".")
    return first not in words("addresses")["no_city"] or city_country(name) is not None


def last_cell(line: str) -> str:
    """Return the last filled cell of a table row, or of a line with bullets."""
    cells = [cell.strip(" ,;-–—:/") for cell in re.split(r"[|•·\t]", line)]
    return next((cell for cell in reversed(cells) if cell), "")


def country_named(text: str, at: int) -> str | None:
    """Return the country after an address on its line or the next, as a name or as USA, UK."""
    word = _COUNTRY_AFTER.match(text[at : at + 70])
    if word is None:
        return None
    named = word[1].split(" ")
    # The dot of `U.K.` makes it long enough to be tried.
    whole = [" ".join(named[:count]) for count in range(len(named), 1, -1)] or named
    for name in (*whole, named[0].rstrip(".")):
        if (len(name) > 3 or name in {"USA", "UK"}) and (code := country_code(name)):
            return code
    return None
