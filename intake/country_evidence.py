"""Find the country that other cells of a row show: postcode, state, register number, VAT id."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from intake.cell_readers import name_parts
from intake.cells import cleaned
from intake.mapping import POSTCODE_CITY, Column, ColumnMapping
from leads.lexicon.names.legal_form_table import tables
from leads.lexicon.places.areas import area_country
from leads.lexicon.places.company_numbers import register_country, vat_country
from leads.lexicon.places.postcodes import (
    countries_of_digits,
    postcode_country,
    state_fits_postcode,
)
from leads.lexicon.places.regions import states_by_code

_READERS: dict[str, Callable[[str], str | None]] = {
    "postcode": postcode_country,
    POSTCODE_CITY: lambda cell: postcode_country(cell.split()[0]),
    "region": area_country,
    "register_number": register_country,
    "vat_id": vat_country,
}


class Shown(NamedTuple):
    """The country that one cell shows, with the column and the cell."""

    country: str
    column: Column
    cell: str


def shown_country(cells: Sequence[str], mapping: ColumnMapping) -> Shown | None:
    """Return the country that the cells show; None if none does, or if they disagree."""
    found = list(_shown(cells, mapping))
    return found[0] if len({one.country for one in found}) == 1 else None


def _shown(cells: Sequence[str], mapping: ColumnMapping) -> Iterator[Shown]:
    for field, read in _READERS.items():
        for column in mapping.of(field):
            cell = cleaned(cells[column.place])
            if cell and (country := read(cell)):
                yield Shown(country, column, cell)
    yield from _of_states(cells, mapping)


def _of_states(cells: Sequence[str], mapping: ColumnMapping) -> Iterator[Shown]:
    """States by code, where the postcode lies in the state: `TX` and 78701, not `MI` and 20121."""
    for column in mapping.of("region"):
        code = cleaned(cells[column.place])
        for state in states_by_code(code.upper()):
            for other in mapping.of("postcode"):
                postcode = cleaned(cells[other.place])
                if postcode and state_fits_postcode(state.country, state.code, postcode):
                    yield Shown(state.country, column, f"{code} {postcode}")


def excludes(cells: Sequence[str], mapping: ColumnMapping, country: str) -> bool:
    """Check whether a cell shows that the company is in another country."""
    return any(country not in countries for countries in _evidence(cells, mapping))


def possible_countries(cells: Sequence[str], mapping: ColumnMapping) -> frozenset[str]:
    """Return the countries that fit all that a row shows; empty if it shows nothing."""
    telling = _evidence(cells, mapping)
    return frozenset.intersection(*telling) if telling else frozenset()


def _evidence(cells: Sequence[str], mapping: ColumnMapping) -> list[frozenset[str]]:
    """Return the countries that fit each telling cell, or the one country that one shows."""
    shown = shown_country(cells, mapping)
    if shown:
        return [frozenset({shown.country})]
    found = [_of_form(cells, mapping), _of_state(cells, mapping), _of_postcode(cells, mapping)]
    return [countries for countries in found if countries]


def _of_form(cells: Sequence[str], mapping: ColumnMapping) -> frozenset[str]:
    parsed = name_parts(cleaned(cells[mapping.of("name")[0].place]))
    forms = [form for form in parsed.forms if form not in parsed.front_forms]
    known = tables().forms
    return known[forms[0]].countries if forms and forms[0] in known else frozenset()


def _of_state(cells: Sequence[str], mapping: ColumnMapping) -> frozenset[str]:
    for column in mapping.of("region"):
        states = states_by_code(cleaned(cells[column.place]))
        if states:
            return frozenset(state.country for state in states)
    return frozenset()


def _of_postcode(cells: Sequence[str], mapping: ColumnMapping) -> frozenset[str]:
    for column in mapping.of("postcode"):
        found = countries_of_digits(cleaned(cells[column.place]))
        if found:
            return found
    return frozenset()
