"""Read every value that one row of a list states."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache

from intake.cell_readers import (
    READERS,
    Cell,
    CellValue,
    name_parts,
    technology_slug,
    technology_words,
)
from intake.cells import cleaned
from intake.mapping import CURRENCY, LOCATION, POSTCODE_CITY, Column, ColumnMapping, How
from intake.statements import Statement
from intake.tally import Tally
from leads.attributes import CUSTOM
from leads.facts import Scope
from leads.lexicon.domains import company_domain, host_kind
from leads.lexicon.emails import parse_email
from leads.lexicon.names.legal_forms import is_form_of
from leads.lexicon.places.locations import Place, parse_places

#: Fields of which every column is read; of the others, the first column with a value.
_EVERY_COLUMN = frozenset(
    {
        "alias",
        "former_name",
        "website",
        "domain",
        "social",
        "phone",
        "fax",
        "industry",
        "technology",
        "keyword",
        "certificate",
        "language",
    }
)
#: Read first, because other fields need the country.
_PLACES = ("country", "region", POSTCODE_CITY, "city", "postcode", "street")
_OTHERS = (
    "name",
    "legal_name",
    "alias",
    "former_name",
    "legal_form",
    "register_number",
    "vat_id",
    "lei",
    "status",
    "founded",
    "latitude",
    "longitude",
    "website",
    "domain",
    "social",
    "phone",
    "fax",
    "employees",
    "turnover",
    "industry",
    "technology",
    "sites",
    "language",
    "keyword",
    "certificate",
    "parent",
)
_BETWEEN = re.compile(r"[\s;,|<>]+")
_CACHED_LENGTH = 80
_BY_CONTENT, _BY_NAME, _OF_EMAIL = 0.5, 0.8, 0.6


@dataclass(slots=True)
class _Row:
    """What has been read of one row so far."""

    cells: Sequence[str]
    mapping: ColumnMapping
    tally: Tally
    statements: list[Statement] = field(default_factory=list)
    seen: set[tuple[str, object]] = field(default_factory=set)

    def cell(self, column: Column) -> str:
        """The column's cell, cleaned."""
        return cleaned(self.cells[column.place])

    def add(
        self, reading: CellValue, column: Column, quote: str, confidence: float | None = None
    ) -> None:
        """Add a value, unless the row has stated it already."""
        if (reading.attribute, reading.value) not in self.seen:
            self.seen.add((reading.attribute, reading.value))
            usual = _BY_CONTENT if column.how == How.CONTENT else _BY_NAME
            self.statements.append(
                Statement(
                    reading.attribute,
                    reading.value,
                    reading.as_of,
                    reading.scope,
                    f"{column.header}: {quote}"[:500],
                    confidence or usual,
                )
            )

    def first(self, attribute: str) -> str | None:
        """The first value of the attribute that was read."""
        values = (str(one.value) for one in self.statements if one.attribute == attribute)
        return next(values, None)

    def has(self, attribute: str) -> bool:
        """Whether a value of the attribute was read."""
        return any(one.attribute == attribute for one in self.statements)


def statements_of(
    cells: Sequence[str], mapping: ColumnMapping, tally: Tally
) -> tuple[Statement, ...]:
    """Every value that the row states; cells that cannot be read are counted in `tally`."""
    row = _Row(cells, mapping, tally)
    for name in _PLACES:
        if mapping.of(name):
            _read_field(row, name)
    _read_locations(row)
    country = row.first("country")
    currency = _currency(row)
    for name in _OTHERS:
        if mapping.of(name):
            _read_field(
                row,
                name,
                country if name in ("phone", "fax") else None,
                currency if name == "turnover" else None,
            )
    _read_emails(row)
    _read_form_of_name(row)
    _read_custom(row)
    names = {str(one.value).casefold() for one in row.statements if one.attribute == "name"}
    return tuple(one for one in row.statements if not _repeats_name(one, names))


def _read_field(
    row: _Row, name: str, country: str | None = None, currency: str | None = None
) -> None:
    for column in row.mapping.of(name):
        text = row.cell(column)
        if not text:
            continue
        readings = _readings(Cell(text, column, country, currency))
        for reading in readings:
            row.add(reading, column, text)
        if name == "technology":
            _count_unknown(row, text)
        elif not readings:
            _count_unread(row, column, text)
        elif name not in _EVERY_COLUMN:
            return


def _readings(cell: Cell) -> tuple[CellValue, ...]:
    # Short cells such as countries and size bands repeat, long cells do not.
    return _cached(cell) if len(cell.text) <= _CACHED_LENGTH else tuple(READERS[cell.field](cell))


@lru_cache(maxsize=1 << 15)
def _cached(cell: Cell) -> tuple[CellValue, ...]:
    return tuple(READERS[cell.field](cell))


def _read_locations(row: _Row) -> None:
    """Read places: those in one country are the company's, those in several are its sites'."""
    for column in row.mapping.of(LOCATION):
        cell = row.cell(column)
        places = _places(cell) if cell else ()
        if places:
            _add_countries(row, column, cell, places)
        elif cell:
            row.tally.count(row.tally.not_understood, column.header, cell)
        if len(places) == 1:
            _add_missing(row, column, cell, region=places[0].region, city=places[0].city)
    _read_address(row)


def _add_countries(row: _Row, column: Column, cell: str, places: Sequence[Place]) -> None:
    countries = list(dict.fromkeys(place.country for place in places))
    scope = Scope.COMPANY if len(countries) == 1 else Scope.SITE
    if scope is Scope.COMPANY and row.has("country"):
        return
    for code in filter(None, countries):
        row.add(CellValue("country", code, scope=scope), column, cell)


def _add_missing(row: _Row, column: Column, cell: str, **values: str | None) -> None:
    """Add the values of attributes that the row has no column for."""
    for attribute, value in values.items():
        if value and not row.has(attribute):
            row.add(CellValue(attribute, value), column, cell)


@lru_cache(maxsize=1 << 13)
def _places(text: str) -> tuple[Place, ...]:
    return parse_places(text)


def _read_address(row: _Row) -> None:
    """Read the country at the end of an address in one cell."""
    for column in row.mapping.of("street"):
        cell = row.cell(column)
        code = (
            _country_at_end(",".join(cell.split(",")[-3:]))
            if "," in cell and not row.has("country")
            else None
        )
        if code:
            row.add(CellValue("country", code), column, cell)


@lru_cache(maxsize=1 << 13)
def _country_at_end(address: str) -> str | None:
    codes = {place.country for place in parse_places(address)}
    return codes.pop() if len(codes) == 1 else None


def _currency(row: _Row) -> str | None:
    cells = (row.cell(column).upper() for column in row.mapping.of(CURRENCY))
    return next((cell for cell in cells if len(cell) == 3 and cell.isalpha()), None)


def _read_emails(row: _Row) -> None:
    """Keep the addresses of offices; of a person's address keep only a company's domain."""
    for column in row.mapping.of("email"):
        cell = row.cell(column)
        found = [
            email for word in _BETWEEN.split(cell) if "@" in word and (email := parse_email(word))
        ]
        if cell and not found:
            row.tally.count(
                row.tally.not_understood, column.header, "(an address)" if "@" in cell else cell
            )
        for email in found:
            domain = company_domain(email.domain)
            if email.is_role:
                row.add(CellValue("email", email.address), column, email.address)
            else:
                row.tally.count(row.tally.personal, column.header)
                row.tally.domains_kept.n += domain is not None
            if domain:
                row.add(CellValue("domain", domain), column, f"…@{email.domain}", _OF_EMAIL)


def _read_form_of_name(row: _Row) -> None:
    if row.has("legal_form"):
        return
    for column in (*row.mapping.of("legal_name"), *row.mapping.of("name")):
        cell = row.cell(column)
        forms = _certain_forms(cell, row.first("country")) if cell else ()
        if forms:
            row.add(CellValue("legal_form", forms[0]), column, cell)
            return


def _certain_forms(name: str, country: str | None) -> tuple[str, ...]:
    """Return the legal forms in a name; one that stands only before it must fit the country.

    `UAB Medicine` in the United States is no Lithuanian company.
    """
    parsed = name_parts(name)
    return tuple(
        form
        for form in parsed.forms
        if form not in parsed.front_forms or is_form_of(form, country)
    )


def _read_custom(row: _Row) -> None:
    for column in row.mapping.columns:
        if column.field.startswith(CUSTOM) and (cell := row.cell(column)):
            row.add(CellValue(column.field, cell[:500]), column, cell)


def _count_unread(row: _Row, column: Column, cell: str) -> None:
    shared = column.field in ("website", "domain") and host_kind(cell) is not None
    row.tally.count(row.tally.not_own if shared else row.tally.not_understood, column.header, cell)


def _count_unknown(row: _Row, cell: str) -> None:
    for word in technology_words(cell):
        if not technology_slug(word):
            row.tally.unknown_technology(word)


def _repeats_name(statement: Statement, names: Set[str]) -> bool:
    """Whether another name of the company only repeats its name."""
    others = ("alias", "former_name", "legal_name")
    return statement.attribute in others and str(statement.value).casefold() in names
