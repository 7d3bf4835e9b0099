"""Collect what one row of a list states, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from intake.cell_readers import READERS, Cell, CellValue, technology_slug, technology_words
from intake.cells import cleaned
from intake.mapping import Column, ColumnMapping, How
from intake.statements import Statement
from intake.tally import Tally
from leads.facts import Scope
from leads.lexicon.domains import host_kind

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
_CACHED_LENGTH = 80
#: Fewer digits are no phone number in any country.
_PHONE_DIGITS = 6
#: They stand for any currency, and for those called dollar and krone.
_CURRENCIES = ("EUR", "USD", "SEK")
_BY_CONTENT, _BY_NAME = 0.5, 0.8


@dataclass(slots=True)
class RowReading:
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
        self.tally.add_example(column.header, quote, reading)
        stated = attribute, value = reading.attribute, reading.value
        if stated not in self.seen:
            self.seen.add(stated)
            usual = _BY_CONTENT if column.how is How.CONTENT else _BY_NAME
            self.statements.append(
                Statement(
                    attribute,
                    value,
                    reading.as_of,
                    reading.scope,
                    f"{column.header}: {quote}"[:500],
                    confidence or usual,
                )
            )

    def add_for_list(self, attribute: str, value: str, quote: str, confidence: float) -> None:
        """Add a value that counts for every row of the list; `quote` is where it comes from."""
        self.statements.append(Statement(attribute, value, None, Scope.COMPANY, quote, confidence))

    def first(self, attribute: str) -> str | None:
        """The first value of the attribute that was read."""
        values = (str(one.value) for one in self.statements if one.attribute == attribute)
        return next(values, None)

    def has(self, attribute: str) -> bool:
        """Whether a value of the attribute was read."""
        return any(one.attribute == attribute for one in self.statements)


def read_field(
    row: RowReading,
    name: str,
    country: str | None = None,
    currency: str | None = None,
    remark: str = "",
) -> None:
    """Read a field's columns, with the country and currency of the row; count unread cells.

    `remark` is added to the source text: what the reading takes from outside the cell.
    """
    for column in row.mapping.of(name):
        text = row.cell(column)
        if not text:
            continue
        readings = _readings(text, column, country, currency)
        for reading in readings:
            row.add(reading, column, f"{text} ({remark})" if remark else text)
        if name == "technology":
            _count_unknown(row, text)
        elif not readings:
            _count_unread(row, Cell(text, column, country, currency))
        elif name not in _EVERY_COLUMN:
            return


def _readings(
    text: str, column: Column, country: str | None, currency: str | None
) -> tuple[CellValue, ...]:
    # Short cells such as countries and size bands repeat, long cells do not.
    read = _cached if len(text) <= _CACHED_LENGTH else _cached.__wrapped__
    return read(text, column, country, currency)


@lru_cache(maxsize=1 << 15)
def _cached(
    text: str, column: Column, country: str | None, currency: str | None
) -> tuple[CellValue, ...]:
    return tuple(READERS[column.field](Cell(text, column, country, currency)))


def _count_unread(row: RowReading, cell: Cell) -> None:
    shared = cell.field in ("website", "domain") and host_kind(cell.text) is not None
    kind = row.tally.not_own if shared else row.tally.not_understood
    if _lacks_country(cell):
        kind = row.tally.without_country
    elif _lacks_currency(cell):
        kind = row.tally.without_currency
    row.tally.count(kind, cell.column.header, cell.text)


def _lacks_country(cell: Cell) -> bool:
    """Check whether an unread cell may be a phone number of a country that the row leaves out."""
    if cell.field not in ("phone", "fax") or cell.country:
        return False
    digits = sum(char.isdigit() for char in cell.text)
    return digits >= _PHONE_DIGITS and cell.text[:1] not in "+＋"


def _lacks_currency(cell: Cell) -> bool:
    """Check whether an unread cell is an amount of a currency that the row leaves out."""
    if cell.field != "turnover" or cell.currency or cell.column.currency:
        return False
    return any(_readings(cell.text, cell.column, cell.country, code) for code in _CURRENCIES)


def _count_unknown(row: RowReading, cell: str) -> None:
    for word in technology_words(cell):
        if not technology_slug(word):
            row.tally.unknown_technology(word)
