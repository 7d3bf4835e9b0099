"""Show how each recognised column was read: an example, the fill rate, and what makes it doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intake.cell_readers import READERS, Cell
from intake.cells import cleaned
from intake.column_cells import ListColumns
from intake.list_defaults import ListDefaults
from intake.mapping import IGNORE, KEEP, Column, ColumnMapping
from intake.personal import without_person_cells
from intake.row_statements import statements_of
from intake.statements import Statement
from intake.tally import Tally
from leads.facts import Scope
from leads.sheets.rows import Cells
from leads.values import IndustryCode, MoneyRange, Range

#: The share of cells from which failures or contradictions are told, and the fewest cells.
_OFTEN, _FEWEST = 0.2, 3
#: Fields that a company has once, so that two columns of one can contradict each other.
_ONCE = ("country", "employees", "turnover", "founded")


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """How one column was read in the rows by which the columns were recognised."""

    column: Column
    #: The share of rows with a value.
    filled: float
    #: A cell and what was read of it; empty when none could be read.
    cell: str
    values: str
    #: What makes the column doubtful; empty for most.
    doubt: str
    #: What the user can state for the whole list to make it readable; empty for most.
    remedy: str = ""


def column_readings(
    columns: ListColumns, sample: Sequence[Cells], defaults: ListDefaults
) -> tuple[ColumnReading, ...]:
    """The readings of all columns that are recognised and not about persons."""
    mapping, tally = columns.mapping, Tally(keeps_examples=True)
    for cells in sample:
        statements_of(without_person_cells(cells, mapping), columns, tally, defaults)
    return tuple(
        _reading(column, mapping, sample, tally)
        for column in mapping.columns
        if column.field not in (KEEP, IGNORE) and not column.personal
    )


def _reading(
    column: Column, mapping: ColumnMapping, sample: Sequence[Cells], tally: Tally
) -> ColumnReading:
    full = sum(1 for cells in sample if cleaned(cells[column.place]))
    cell, found = tally.examples.get(column.header, ("", []))
    remedy = _remedy(column, full, tally)
    doubt = _lacking(column, full, tally) if remedy else _failing(column, full, tally)
    doubt = doubt or _contradicted(column, mapping, sample)
    filled = full / len(sample) if sample else 0.0
    return ColumnReading(column, filled, cell, _shown(column, cell, found), doubt, remedy)


def _failing(column: Column, full: int, tally: Tally) -> str:
    failed = tally.not_understood.get(column.header)
    if failed is None or not full:
        return ""
    if failed.n < _OFTEN * full or (full < _FEWEST and failed.n < full):
        return ""
    return f"{failed.n:,} of {full:,} cells cannot be read, e.g. {failed.first!r}"


def _remedy(column: Column, full: int, tally: Tally) -> str:
    """The option that makes the column's cells readable, when many lack what it states."""
    for option, kind in (
        ("--country", tally.without_country),
        ("--currency", tally.without_currency),
    ):
        lacking = kind.get(column.header)
        if lacking is not None and lacking.n >= _OFTEN * full:
            return option
    return ""


def _lacking(column: Column, full: int, tally: Tally) -> str:
    is_amount = column.header in tally.without_currency
    what = "currency" if is_amount else "country"
    lacking = (tally.without_currency if is_amount else tally.without_country)[column.header]
    return (
        f"{lacking.n:,} of {full:,} cells cannot be read without a {what}, e.g. {lacking.first!r}"
    )


def _contradicted(column: Column, mapping: ColumnMapping, sample: Sequence[Cells]) -> str:
    """How often a column contradicts the first one of its field; that one is read."""
    if column.field not in _ONCE or not column.rank:
        return ""
    first = mapping.of(column.field)[0]
    pairs = [
        (cells, one, other)
        for cells in sample
        if (one := _value(first, cells)) is not None
        and (other := _value(column, cells)) is not None
    ]
    apart = [cells for cells, one, other in pairs if not _agree(one, other)]
    if len(pairs) < _FEWEST or len(apart) < _OFTEN * len(pairs):
        return ""
    here, there = apart[0][column.place], apart[0][first.place]
    return (
        f"it contradicts {first.header!r} in {len(apart):,} of {len(pairs):,} rows, e.g."
        f" {here[:40]!r} and {there[:40]!r}: {first.header!r} counts"
    )


def _value(column: Column, cells: Cells) -> object | None:
    text = cleaned(cells[column.place])
    found = next(iter(READERS[column.field](Cell(text, column))), None) if text else None
    return found.value if found else None


def _agree(one: object, other: object) -> bool:
    if isinstance(one, Range) and isinstance(other, Range):
        return one.meet(other) is not None
    if isinstance(one, MoneyRange) and isinstance(other, MoneyRange):
        return one.currency != other.currency or one.amount.meet(other.amount) is not None
    return one == other


def _shown(column: Column, cell: str, found: Sequence[Statement]) -> str:
    """What was read, unless it only repeats the cell."""
    parts = [_part(column, value) for value in found]
    return "" if [part.casefold() for part in parts] == [cell.casefold()] else "; ".join(parts)


def _part(column: Column, found: Statement) -> str:
    value = found.value
    text = str(value)
    if isinstance(value, IndustryCode):
        text = text if value.scheme == "text" else f"{value.scheme} {value.code}"
    if found.attribute == "founded":
        text = text.replace(",", "")
    if found.scope is Scope.SITE:
        text = f"of a site: {text}"
    return text if found.attribute == column.field else f"{found.attribute} {text}"
