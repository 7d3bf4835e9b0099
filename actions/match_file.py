"""Open a file whose rows are compared: columns recognised as in an import, nothing stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from actions.list_defaults import list_country, list_currency
from actions.reading_summary import ReadColumn, read_columns
from dedupe.record import MatchRecord
from intake.column_names import read_name
from intake.column_overrides import overridden_fields
from intake.mapping import ID, IGNORE, KEEP, ColumnMapping, How
from intake.read_list import Reading, open_reading
from intake.read_options import ReadOptions
from intake.vocabulary import vocabulary
from leads.sheets.rows import BadRow, Cells, SourceRow

#: Numbers that are issued once. One kind of a file is compared: a VAT id never equals a register
#: number.
NUMBERS = ("register_number", "vat_id", "lei")
#: Why a row without any value is not compared.
BLANK = "the row is blank"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFile:
    """A file of rows to read, and how."""

    #: `-` for stdin.
    path: str
    #: The columns of a field, as the user names them.
    mapping: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    encoding: str | None = None
    #: A sheet's name, or its number from 1.
    sheet: str | None = None
    #: ISO code of the rows that state no country.
    country: str | None = None
    #: ISO code of the amounts that state no currency.
    currency: str | None = None

    @property
    def options(self) -> ReadOptions:
        """The options as the reader of lists takes them."""
        return ReadOptions(
            encoding=self.encoding,
            sheet=self.sheet,
            overrides=self.mapping,
            country=list_country(self.country),
            currency=list_currency(self.currency),
        )


@dataclass(frozen=True, slots=True)
class FileRead:
    """What was read of one file."""

    name: str
    rows: int
    #: Rows that name no company.
    rejected: int
    blank: int
    #: The columns that are compared, each with its field.
    columns: Mapping[str, str]
    readings: Sequence[ReadColumn]
    #: What the reader noticed, such as skipped lines.
    notes: Sequence[str]
    warnings: Sequence[str]


@dataclass(slots=True)
class MatchFile:
    """An opened file and, once read, its rows."""

    reading: Reading
    #: The position of the id column; None: row numbers are the ids.
    id_place: int | None
    #: Whether the user named the id column.
    id_named: bool
    #: Which of `NUMBERS` is compared; empty for none.
    number: str
    records: list[MatchRecord] = field(default_factory=list)
    rejected: int = 0
    blank: int = 0
    warnings: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """The number of rows, with blank and rejected ones."""
        return len(self.records) + self.rejected + self.blank

    @property
    def header(self) -> Cells:
        """The names of the columns."""
        return self.reading.source.header

    def source_rows(self) -> Iterator[tuple[int, Cells, str | None]]:
        """Yield each row's number, its cells as received, and why it is not compared or None."""
        width = len(self.header)
        for item in self.reading.source:
            reason = self._rejection(item)
            cells = item.cells
            if len(cells) > width:
                extra = ", ".join(map(repr, cells[width:]))
                reason = f"{reason}; the extra cells: {extra}"
            if len(cells) != width:
                cells = (*cells[:width], *[""] * (width - len(cells)))
            yield item.row, cells, reason

    def summary(self) -> FileRead:
        """Summarise what was read."""
        return FileRead(
            name=self.reading.file_name,
            rows=self.rows,
            rejected=self.rejected,
            blank=self.blank,
            columns=_compared_columns(self.reading.mapping),
            readings=read_columns(self.reading),
            notes=self.reading.notes(),
            warnings=tuple(self.warnings),
        )

    def _rejection(self, item: SourceRow | BadRow) -> str | None:
        if isinstance(item, BadRow):
            return item.reason
        return BLANK if item.blank else self.reading.flaw(item)


def open_match_file(file: ListFile, id_column: str | None) -> MatchFile:
    """Open a file whose rows have ids: a column's, as named or recognised, else row numbers."""
    opened = open_unnamed_file(file)
    mapping = opened.reading.mapping
    # A column that is named as the ids keeps its other meaning: a register number tells companies
    # apart too.
    named = list(overridden_fields(opened.header, {ID: id_column})) if id_column else []
    recognised = [column.place for column in mapping.of(ID)]

    opened.id_place = next(iter(named or recognised), None)
    opened.id_named = bool(named)
    if opened.id_place is None and (rejected := _rejected_ids(mapping)):
        opened.warnings.append(
            f"{rejected!r} has values that repeat or are missing: row numbers are the ids instead"
        )
    return opened


def open_unnamed_file(file: ListFile) -> MatchFile:
    """Open a file whose rows are identified by their numbers."""
    reading = open_reading(file.path, file.options, source="file", client_id=None)
    number = next((name for name in NUMBERS if reading.mapping.of(name)), "")
    return MatchFile(reading, id_place=None, id_named=False, number=number)


def _rejected_ids(mapping: ColumnMapping) -> str | None:
    """Find a column that has the name of an id column and was not recognised as one."""
    for column in mapping.columns:
        if column.how != How.NOT:
            continue
        word = read_name(column.header).word(vocabulary().fields)
        if word and word.field == ID and not word.weak:
            return column.header
    return None


def _compared_columns(mapping: ColumnMapping) -> dict[str, str]:
    return {
        one.header: one.field
        for one in mapping.columns
        if one.field not in (IGNORE, KEEP) and not one.personal
    }
