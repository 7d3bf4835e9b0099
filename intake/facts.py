"""The facts that one row of a list states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from intake.cells import cleaned
from intake.mapping import CURRENCY, LOCATION, POSTCODE_CITY, Column, ColumnMapping, How
from intake.readings import READERS, Cell, Reading, name_parts, technology_slug, technology_words
from intake.tally import Tally
from leads.attributes import CUSTOM
from leads.facts import Evidence, Fact, Method, Scope
from leads.ids import new_id
from leads.lexicon.domains import company_domain, host_kind
from leads.lexicon.emails import parse_email
from leads.lexicon.places.locations import Place, parse_places

#: Fields of which every column counts; of the others a column is read only where those before it
#: say nothing.
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
#: Read in this order: what others need first.
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
_METHOD = Method.COLUMN
_BY_CONTENT, _BY_NAME, _OF_EMAIL = 0.5, 0.8, 0.6


@dataclass(frozen=True, slots=True)
class _Said:
    reading: Reading
    column: Column
    quote: str
    confidence: float


@dataclass(slots=True)
class _Row:
    """What has been read of one row so far."""

    cells: Sequence[str]
    mapping: ColumnMapping
    tally: Tally
    said: list[_Said] = field(default_factory=list)
    seen: set[tuple[str, object]] = field(default_factory=set)

    def cell(self, column: Column) -> str:
        """The column's cell, cleaned; empty when it says nothing."""
        return cleaned(self.cells[column.place])

    def add(
        self, reading: Reading, column: Column, quote: str, confidence: float | None = None
    ) -> None:
        """Take a reading, each value of an attribute once."""
        if (reading.attribute, reading.value) not in self.seen:
            self.seen.add((reading.attribute, reading.value))
            usual = _BY_CONTENT if column.how == How.CONTENT else _BY_NAME
            self.said.append(
                _Said(reading, column, f"{column.header}: {quote}"[:500], confidence or usual)
            )

    def has(self, attribute: str) -> bool:
        """Whether a value of the attribute was read."""
        return any(said.reading.attribute == attribute for said in self.said)


def facts_of(
    cells: Sequence[str],
    mapping: ColumnMapping,
    *,
    source: str,
    observed_at: datetime,
    as_of: date | None,
    client_id: UUID | None,
    tally: Tally | None = None,
) -> tuple[Fact, ...]:
    """Every value the row states, with its evidence; cells that cannot be read are counted in
    `tally`.

    `source` is `list:NAME`; `as_of` is the day the list speaks of, where a cell or a column's name
    gives no other.
    """
    row = _Row(cells, mapping, tally or Tally())
    for name in _PLACES:
        if mapping.of(name):
            _read_field(row, name)
    _read_locations(row)
    country = next(
        (str(said.reading.value) for said in row.said if said.reading.attribute == "country"), None
    )
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
    return tuple(
        _fact(said, source, observed_at, as_of, client_id)
        for said in row.said
        if not _repeats_name(said, row)
    )


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


def _readings(cell: Cell) -> tuple[Reading, ...]:
    # Lists repeat themselves: countries, bands, branches. Long cells do not.
    return _cached(cell) if len(cell.text) <= _CACHED_LENGTH else tuple(READERS[cell.field](cell))


@lru_cache(maxsize=1 << 15)
def _cached(cell: Cell) -> tuple[Reading, ...]:
    return tuple(READERS[cell.field](cell))


def _read_locations(row: _Row) -> None:
    """One place is the company's; of several, each country is a site's, unless they are all in one."""
    for column in row.mapping.of(LOCATION):
        cell = row.cell(column)
        places = _places(cell) if cell else ()
        if cell and not places:
            row.tally.count(row.tally.not_understood, column.header, cell)
        countries = list(dict.fromkeys(place.country for place in places))
        scope = Scope.COMPANY if len(countries) == 1 else Scope.SITE
        for code in countries:
            if code and not (scope is Scope.COMPANY and row.has("country")):
                row.add(Reading("country", code, scope=scope), column, cell)
        if len(places) == 1:
            for attribute, value in (("region", places[0].region), ("city", places[0].city)):
                if value and not row.has(attribute):
                    row.add(Reading(attribute, value), column, cell)
    _read_address(row)


@lru_cache(maxsize=1 << 13)
def _places(text: str) -> tuple[Place, ...]:
    return parse_places(text)


def _read_address(row: _Row) -> None:
    """An address in one cell may end in its country."""
    for column in row.mapping.of("street"):
        cell = row.cell(column)
        code = (
            _country_at_end(",".join(cell.split(",")[-3:]))
            if "," in cell and not row.has("country")
            else None
        )
        if code:
            row.add(Reading("country", code), column, cell)


@lru_cache(maxsize=1 << 13)
def _country_at_end(address: str) -> str | None:
    codes = {place.country for place in parse_places(address)}
    return codes.pop() if len(codes) == 1 else None


def _currency(row: _Row) -> str | None:
    cells = (row.cell(column).upper() for column in row.mapping.of(CURRENCY))
    return next((cell for cell in cells if len(cell) == 3 and cell.isalpha()), None)


def _read_emails(row: _Row) -> None:
    """An office's address is a fact; of a person's only the domain is kept, if it can be the
    company's.
    """
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
                row.add(Reading("email", email.address), column, email.address)
            else:
                row.tally.count(row.tally.personal, column.header)
                row.tally.domains_kept.n += domain is not None
            if domain:
                row.add(Reading("domain", domain), column, f"…@{email.domain}", _OF_EMAIL)


def _read_form_of_name(row: _Row) -> None:
    if row.has("legal_form"):
        return
    for column in (*row.mapping.of("legal_name"), *row.mapping.of("name")):
        cell = row.cell(column)
        forms = name_parts(cell).forms if cell else ()
        if forms:
            row.add(Reading("legal_form", forms[0]), column, cell)
            return


def _read_custom(row: _Row) -> None:
    for column in row.mapping.columns:
        if column.field.startswith(CUSTOM) and (cell := row.cell(column)):
            row.add(Reading(column.field, cell[:500]), column, cell)


def _count_unread(row: _Row, column: Column, cell: str) -> None:
    shared = column.field in ("website", "domain") and host_kind(cell) is not None
    row.tally.count(row.tally.not_own if shared else row.tally.not_understood, column.header, cell)


def _count_unknown(row: _Row, cell: str) -> None:
    for word in technology_words(cell):
        if not technology_slug(word):
            row.tally.unknown_technology(word)


def _repeats_name(said: _Said, row: _Row) -> bool:
    """Whether another name is only the name again."""
    if said.reading.attribute not in ("alias", "former_name", "legal_name"):
        return False
    names = [
        str(other.reading.value).casefold()
        for other in row.said
        if other.reading.attribute == "name"
    ]
    return str(said.reading.value).casefold() in names


def _spoken_of(day: date, seen: date) -> date:
    """The day a value speaks of: this year's end is not over yet, and what lies further ahead stays
    a date that cannot be.
    """
    return min(day, seen) if day.year <= seen.year else day


def _fact(
    said: _Said, source: str, observed_at: datetime, as_of: date | None, client_id: UUID | None
) -> Fact:
    seen = observed_at.date()
    evidence = Evidence(
        source=source,
        method=_METHOD,
        observed_at=observed_at,
        as_of=(
            _spoken_of(said.reading.as_of, seen)
            if said.reading.as_of
            else min(as_of, seen)
            if as_of
            else None
        ),
        quote=said.quote,
        confidence=said.confidence,
        scope=said.reading.scope,
    )
    return Fact(
        id=new_id(),
        attribute=said.reading.attribute,
        value=said.reading.value,
        evidence=evidence,
        client_id=client_id,
    )
