"""Read the cells of the columns of one list; what the last cells of a column state is known."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial

from intake.cell_readers import READERS, Cell, CellValue
from intake.mapping import Column, ColumnMapping, How
from intake.statements import Statement

#: Cells of a list whose statements are kept, and the longest of them: short cells such as countries
#: and size bands repeat, long cells do not.
_CELLS, _LONGEST = 1 << 15, 80
#: After so many cells that are new, a column is judged: if fewer were met before, its cells are kept
#: no longer.
_MISSED = 2_000
_BY_CONTENT, _BY_NAME = 0.5, 0.8
#: The fields read after the places, in this order.
_AFTER_PLACES = (
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


class ColumnCells:
    """The cells of one column, and what the last of them state."""

    __slots__ = ("_confidence", "_kept", "_known", "_missed", "_read", "column", "header", "place")

    def __init__(self, column: Column, known: int) -> None:
        self.column, self.place, self.header = column, column.place, column.header
        self._read, self._confidence, self._missed = READERS[column.field], _confidence(column), 0
        self._kept = lru_cache(maxsize=known)(self._statements_of_new)
        self._known: Callable[..., tuple[Statement, ...]] = self._kept

    def read(
        self, text: str, country: str | None, currency: str | None, remark: str = ""
    ) -> tuple[Statement, ...]:
        """What a cleaned cell states in a row of that country and currency; `remark` is added to
        the source text.
        """
        read = self._known if len(text) <= _LONGEST else self._statements
        return read(text, country, currency, remark)

    def _statements_of_new(
        self, text: str, country: str | None, currency: str | None, remark: str
    ) -> tuple[Statement, ...]:
        self._missed += 1
        if self._missed == _MISSED and self._kept.cache_info().hits < _MISSED:
            # Names, addresses and numbers do not repeat: to keep them takes time for nothing.
            self._known = self._statements
            self._kept.cache_clear()
        return self._statements(text, country, currency, remark)

    def _statements(
        self, text: str, country: str | None, currency: str | None, remark: str
    ) -> tuple[Statement, ...]:
        source = _source(self.column, f"{text} ({remark})" if remark else text)
        usual = self._confidence
        found = self._read(Cell(text, self.column, country, currency))
        return tuple([_made((*one, source, usual)) for one in found])


class ListColumns:
    """The columns of a list whose cells are read one by one, by field."""

    __slots__ = ("_by_field", "after_places", "mapping")

    def __init__(self, mapping: ColumnMapping) -> None:
        self.mapping = mapping
        read = mapping.fields & READERS.keys()
        known = _CELLS // max(1, sum(len(mapping.of(field)) for field in read))
        self._by_field = {
            field: tuple(ColumnCells(column, known) for column in mapping.of(field))
            for field in read
        }
        #: The fields that are read after the places, in this order.
        self.after_places = tuple(field for field in _AFTER_PLACES if field in read)

    def of(self, field: str) -> tuple[ColumnCells, ...]:
        """The columns of a field, the one to read first before the others."""
        return self._by_field.get(field, ())


def statement_of(
    reading: CellValue, column: Column, quote: str, confidence: float | None = None
) -> Statement:
    """What a value read of a column states."""
    return _made((*reading, _source(column, quote), confidence or _confidence(column)))


def _source(column: Column, quote: str) -> str:
    return f"{column.header}: {quote}"[:500]


def _confidence(column: Column) -> float:
    """How sure the statements of a column are, unless they say so themselves."""
    return _BY_CONTENT if column.how is How.CONTENT else _BY_NAME


#: A statement of its fields, in a third of the time: each row states a dozen.
_made: Callable[[tuple[object, ...]], Statement] = partial(tuple.__new__, Statement)
