"""Read where the company of a row is: its country, region, postcode and city, and its sites."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from intake.cell_readers import CellValue
from intake.column_names import read_name
from intake.country_evidence import shown_country
from intake.list_defaults import ListDefaults
from intake.mapping import LOCATION, POSTCODE_CITY, Column
from intake.row_reading import RowReading, read_field
from intake.vocabulary import vocabulary
from leads.facts import Scope
from leads.lexicon.places.addresses import address_places
from leads.lexicon.places.locations import Place, parse_places

#: Read first, because other fields need the country; postcodes need it too.
_PLACES = ("country", "region", "city", "street")
_POSTCODES = (POSTCODE_CITY, "postcode")
_SHOWN = 0.6
#: Between the parts of an address in one cell.
_BREAK = re.compile(r"[,\n]")


def read_places(row: RowReading, defaults: ListDefaults) -> None:
    """Read all places of a row, its country first; else the one its other cells show, else the
    list's.
    """
    for name in _PLACES:
        read_field(row, name)
    _read_locations(row)
    if not row.has("country"):
        _add_shown_country(row)
    _read_postcode_of_address(row)
    if not row.has("country") and (default := defaults.country_for(row.cells, row.mapping)):
        row.add_for_list("country", default, defaults.country_quote, defaults.country_confidence)
    country = row.first("country")
    for name in _POSTCODES:
        read_field(row, name, country)
    _read_postcode_of_address(row)


def _read_postcode_of_address(row: RowReading) -> None:
    """Read the postcode and city of an address in one cell, where no column has them."""
    if all(map(row.has, ("postcode", "city", "country"))):
        return
    for column in row.mapping.of("street"):
        cell = row.cell(column)
        found = address_places(cell, row.first("country")) if _BREAK.search(cell) else None
        if found:
            _add_missing(row, column, cell, postcode=found.postcode, city=found.city)
            _add_missing(row, column, cell, country=found.country)


def _add_shown_country(row: RowReading) -> None:
    shown = shown_country(row.cells, row.mapping)
    if shown:
        row.add(CellValue("country", shown.country), shown.column, shown.cell, _SHOWN)


def _read_locations(row: RowReading) -> None:
    """Read places: those in one country are the company's, those in several are its sites'."""
    for column in row.mapping.of(LOCATION):
        cell = row.cell(column)
        places = _places(cell) if cell else ()
        if places:
            _add_countries(row, column, cell, places)
        elif cell and _is_of_cities(column.header) and not any(map(str.isdigit, cell)):
            # A column of cities whose cells mostly state more: `Kassel, Hessen`, but also `Kiel`.
            _add_missing(row, column, cell, city=cell)
        elif cell:
            row.tally.count(row.tally.not_understood, column.header, cell)
        if len(places) == 1:
            _add_missing(row, column, cell, region=places[0].region, city=places[0].city)
    _read_address(row)


@lru_cache(maxsize=1 << 8)
def _is_of_cities(header: str) -> bool:
    word = read_name(header).word(vocabulary().fields)
    return word is not None and word.field == "city"


def _add_countries(row: RowReading, column: Column, cell: str, places: Sequence[Place]) -> None:
    countries = list(dict.fromkeys(place.country for place in places))
    scope = Scope.COMPANY if len(countries) == 1 else Scope.SITE
    if scope is Scope.COMPANY and row.has("country"):
        return
    for code in filter(None, countries):
        row.add(CellValue("country", code, scope=scope), column, cell)


def _add_missing(row: RowReading, column: Column, cell: str, **values: str | None) -> None:
    """Add the values of attributes that the row has no column for."""
    for attribute, value in values.items():
        if value and not row.has(attribute):
            row.add(CellValue(attribute, value), column, cell)


@lru_cache(maxsize=1 << 13)
def _places(text: str) -> tuple[Place, ...]:
    return parse_places(text)


def _read_address(row: RowReading) -> None:
    """Read the country at the end of an address in one cell."""
    for column in row.mapping.of("street"):
        if row.has("country"):
            return
        cell = row.cell(column)
        code = _country_at_end(",".join(_BREAK.split(cell)[-3:])) if _BREAK.search(cell) else None
        if code:
            row.add(CellValue("country", code), column, cell)


@lru_cache(maxsize=1 << 13)
def _country_at_end(address: str) -> str | None:
    codes = {place.country for place in parse_places(address)}
    return codes.pop() if len(codes) == 1 else None
