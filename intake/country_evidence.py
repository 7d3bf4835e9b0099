"""Find the country that other cells of a row show: postcode, state, register number, VAT id."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from intake.cells import cleaned
from intake.mapping import POSTCODE_CITY, Column, ColumnMapping
from leads.lexicon.places.areas import area_country
from leads.lexicon.places.company_numbers import register_country, vat_country
from leads.lexicon.places.postcodes import postcode_country, state_fits_postcode
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
