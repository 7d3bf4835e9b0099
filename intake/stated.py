"""The values of a row that identify its company, for files that are matched and not stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from intake.cell_readers import READERS, Cell, CellValue
from intake.cells import cleaned, values
from intake.mapping import LOCATION, POSTCODE_CITY, Column, ColumnMapping
from leads.lexicon.domains import company_domain
from leads.lexicon.emails import parse_email
from leads.lexicon.places.locations import parse_places

#: The fields read; the country comes first, as national phone numbers are read by it.
FIELDS = (
    "country",
    POSTCODE_CITY,
    LOCATION,
    "city",
    "postcode",
    "street",
    "legal_name",
    "alias",
    "former_name",
    "legal_form",
    "register_number",
    "vat_id",
    "lei",
    "website",
    "domain",
    "phone",
    "email",
)
_MANY = frozenset(("legal_name", "alias", "former_name", "domain", "phone"))
_OF_COUNTRY = frozenset(("phone", "postcode", POSTCODE_CITY))
_FEWEST_DIGITS = 6
#: Cells of a column whose values are kept, and the longest of them.
_CELLS, _LONGEST_KEPT = 1 << 14, 80
#: A longer city or street is looked at.
_LONGEST_PLAIN = 300

Stated = dict[str, list[str]]


def name_of(cells: Sequence[str], mapping: ColumnMapping) -> str:
    """The company's name as the row writes it."""
    return cleaned(cells[mapping.of("name")[0].place])


class StatedColumns:
    """The columns of a list that identify a company, in the order in which they are read."""

    def __init__(self, mapping: ColumnMapping) -> None:
        self._columns = [
            (column.place, field in _OF_COUNTRY, _reader(column))
            for field in FIELDS
            for column in mapping.of(field)
        ]

    def of_row(self, cells: Sequence[str]) -> Stated:
        """The values a row states, by attribute; of one that a company has once, the first."""
        found: Stated = {}
        for place, is_of_country, read in self._columns:
            cell = cells[place]
            if cell and (cell := cleaned(cell)):
                country = found["country"][0] if is_of_country and "country" in found else None
                for attribute, value in read(cell, country):
                    here = found.setdefault(attribute, [])
                    if value not in here and (not here or attribute in _MANY):
                        here.append(value)
        return found


def _reader(column: Column) -> Callable[[str, str | None], Sequence[tuple[str, str]]]:
    """What reads the cells of a column, given the row's country, and knows the last ones."""
    field, is_plain = column.field, column.field in ("street", "city")

    @lru_cache(maxsize=_CELLS)
    def kept(cell: str, country: str | None) -> tuple[tuple[str, str], ...]:
        return tuple(_said(cell, column, country))

    def read(cell: str, country: str | None) -> Sequence[tuple[str, str]]:
        if is_plain and len(cell) <= _LONGEST_PLAIN:
            return ((field, cell),)
        return (
            kept(cell, country) if len(cell) <= _LONGEST_KEPT else kept.__wrapped__(cell, country)
        )

    return read


def _said(cell: str, column: Column, country: str | None) -> Iterator[tuple[str, str]]:
    if column.field == LOCATION:
        yield from _place(cell)
    elif column.field == "email":
        yield from (("domain", domain) for domain in map(_mail_domain, values(cell)) if domain)
    elif column.field in ("website", "domain"):
        several = values(cell, commas=column.field == "domain")
        yield from (("domain", domain) for domain in map(company_domain, several) if domain)
    elif column.field == "phone":
        yield from _phones(Cell(cell, column, country))
    else:
        yield from (
            (one.attribute, str(one.value))
            for one in READERS[column.field](Cell(cell, column, country))
            if _tells(one)
        )


def _tells(one: CellValue) -> bool:
    return one.attribute in FIELDS


def _place(cell: str) -> Iterator[tuple[str, str]]:
    """One place is the company's; several say nothing of where it is."""
    places = parse_places(cell)
    if len(places) == 1:
        yield from (
            (name, value)
            for name, value in (("country", places[0].country), ("city", places[0].city))
            if value
        )


def _mail_domain(text: str) -> str | None:
    email = parse_email(text) if "@" in text else None
    return company_domain(email.domain) if email else None


def _phones(cell: Cell) -> Iterator[tuple[str, str]]:
    """Numbers in E.164; those of a plan nobody knows as their digits, which are the same in every
    row that has them.
    """
    read = [("phone", str(one.value)) for one in READERS["phone"](cell)]
    yield from read
    if not read:
        for text in values(cell.text):
            digits = "".join(filter(str.isdigit, text))
            if _FEWEST_DIGITS <= len(digits) <= 15:
                yield "phone", digits
