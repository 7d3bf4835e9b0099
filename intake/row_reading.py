"""Collect what one row of a list states, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from intake.cell_readers import CellValue, technology_slug, technology_words
from intake.cells import cleaned
from intake.column_cells import ColumnCells, ListColumns, statement_of
from intake.mapping import Column, ColumnMapping
from intake.statements import Statement
from intake.tally import Tally
from leads.facts import Scope
from leads.lexicon.domains import host_kind
from leads.values import Value

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
#: Fewer digits are no phone number in any country.
_PHONE_DIGITS = 6
#: They stand for any currency, and for those called dollar and krone.
_CURRENCIES = ("EUR", "USD", "SEK")


@dataclass(slots=True)
class RowReading:
    """What has been read of one row so far."""

    cells: Sequence[str]
    columns: ListColumns
    tally: Tally
    statements: list[Statement] = field(default_factory=list)
    #: The first value of each attribute, and the others.
    firsts: dict[str, Value] = field(default_factory=dict)
    others: set[tuple[str, Value]] = field(default_factory=set)

    @property
    def mapping(self) -> ColumnMapping:
        """The columns with their fields."""
        return self.columns.mapping

    def cell(self, column: Column) -> str:
        """The column's cell, cleaned."""
        return cleaned(self.cells[column.place])

    def add(
        self, reading: CellValue, column: Column, quote: str, confidence: float | None = None
    ) -> None:
        """Add a value, unless the row has stated it already."""
        self.take(statement_of(reading, column, quote, confidence), column.header, quote)

    def take(self, one: Statement, header: str, quote: str) -> None:
        """Add what a cell states, unless the row has stated it already."""
        if self.tally.keeps_examples:
            self.tally.add_example(header, quote, one)
        attribute, value = one[0], one[1]
        if attribute not in self.firsts:
            self.firsts[attribute] = value
        elif value == self.firsts[attribute] or (attribute, value) in self.others:
            return
        else:
            self.others.add((attribute, value))
        self.statements.append(one)

    def add_for_list(self, attribute: str, value: str, quote: str, confidence: float) -> None:
        """Add a value that counts for every row of the list; `quote` is where it comes from."""
        self.firsts.setdefault(attribute, value)
        self.statements.append(Statement(attribute, value, None, Scope.COMPANY, quote, confidence))

    def first(self, attribute: str) -> str | None:
        """The first value of the attribute that was read."""
        value = self.firsts.get(attribute)
        return None if value is None else str(value)

    def has(self, attribute: str) -> bool:
        """Whether a value of the attribute was read."""
        return attribute in self.firsts


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
    for cells in row.columns.of(name):
        text = cleaned(row.cells[cells.place])
        if not text:
            continue
        found = cells.read(text, country, currency, remark)
        for one in found:
            row.take(one, cells.header, f"{text} ({remark})" if remark else text)
        if name == "technology":
            _count_unknown(row, text)
        elif not found:
            _count_unread(row, cells, text, country, currency)
        elif name not in _EVERY_COLUMN:
            return


def _count_unread(
    row: RowReading, cells: ColumnCells, text: str, country: str | None, currency: str | None
) -> None:
    field_name = cells.column.field
    shared = field_name in ("website", "domain") and host_kind(text) is not None
    kind = row.tally.not_own if shared else row.tally.not_understood
    if field_name in ("phone", "fax") and not country and _may_be_national(text):
        kind = row.tally.without_country
    elif (
        field_name == "turnover"
        and not (currency or cells.column.currency)
        and any(cells.read(text, country, code) for code in _CURRENCIES)
    ):
        kind = row.tally.without_currency
    row.tally.count(kind, cells.header, text)


def _may_be_national(text: str) -> bool:
    """Check whether an unread cell may be a phone number of a country that the row leaves out."""
    digits = sum(char.isdigit() for char in text)
    return digits >= _PHONE_DIGITS and text[:1] not in "+＋"


def _count_unknown(row: RowReading, cell: str) -> None:
    for word in technology_words(cell):
        if not technology_slug(word):
            row.tally.unknown_technology(word)
