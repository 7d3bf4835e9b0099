"""Read a raw list: the accepted rows with what they state, and why the others were rejected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from intake.cell_readers import name_parts
from intake.cells import cleaned
from intake.column_cells import ListColumns
from intake.column_readings import ColumnReading, column_readings
from intake.columns import recognise
from intake.contacts import RowContact, contacts_of
from intake.kept_cells import KeptCells
from intake.list_defaults import ListDefaults, list_defaults
from intake.mapping import ID, KEEP, ColumnMapping, How, fingerprint, load_mapping
from intake.personal import without_person_cells
from intake.raw_list import open_list
from intake.read_options import ReadOptions
from intake.row_flaws import LONGEST_NAME, RowFlaws
from intake.row_statements import statements_of
from intake.sample import sample_of
from intake.statements import Origin, Statement
from intake.tally import Tally
from leads.clock import now
from leads.facts import Fact
from leads.recognised_columns import RecognisedColumns
from leads.sheets.encodings import garbled
from leads.sheets.rows import BadRow, Cells, SourceRow, Table


class Row(NamedTuple):
    """One accepted record."""

    row: int
    line: int
    header: Cells
    #: In the header's order; those that do not stay on the record, such as personal ones, are empty.
    cells: Cells
    statements: tuple[Statement, ...]
    origin: Origin
    #: Equal for rows with equal cells; personal cells do not count.
    content_hash: str
    #: The record's key in the list: its id there, else its name and domain.
    row_key: str
    contacts: tuple[RowContact, ...] = ()

    @property
    def raw(self) -> dict[str, str]:
        """The cells that are not empty, by column."""
        return {header: cell for header, cell in zip(self.header, self.cells, strict=True) if cell}

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The statements as facts, with new ids each time."""
        return self.origin.facts(self.statements)


class Reading:
    """An opened list; iterating gives the accepted rows, and then the counts and notes are complete."""

    def __init__(
        self,
        source: Table,
        mapping: ColumnMapping,
        options: ReadOptions,
        said_by: str,
        client_id: UUID | None,
        defaults: ListDefaults = ListDefaults(),  # noqa: B008 - frozen
        sample: Sequence[Cells] = (),
    ) -> None:
        self.source = source
        self._defaults = defaults
        self._sample = sample
        self.mapping, self._columns = mapping, ListColumns(mapping)
        self._flaws = RowFlaws(mapping)
        self._header = mapping.header
        self._options = options
        self._said_by = said_by
        self._client_id = client_id
        # A row that the user maps differently counts as a changed row.
        told = "".join(
            f"\x1d{column.header}={column.field}"
            for column in mapping.columns
            if column.how == How.TOLD
        )
        self._kept = KeptCells(mapping, told + defaults.key)
        self._start()

    def _start(self) -> None:
        self.accepted = self.rejected = self.blank = 0
        #: How many rows were rejected for each reason.
        self.reasons: Counter[str] = Counter()
        self.tally = Tally()

    @property
    def defaults(self) -> ListDefaults:
        """What counts for every row that states nothing itself."""
        return self._defaults

    @property
    def file_name(self) -> str:
        """The name that the user gave."""
        return self._options.file_name or self.source.name

    @property
    def sha256(self) -> str:
        """The checksum of the file."""
        return self.source.sha256

    @property
    def fingerprint(self) -> str:
        """Identifies the header."""
        return fingerprint(self.source.header)

    @property
    def columns(self) -> RecognisedColumns:
        """The mapping as JSON, with what the user stated for all rows; to be stored."""
        found = self.mapping.dump()
        country, currency = self._options.country, self._options.currency
        if country or currency:
            found["stated"] = {"country": country, "currency": currency}
        return found

    @property
    def contacts(self) -> str:
        """Which contacts of the rows are read: `none`, `roles` or `persons`."""
        return self._options.contacts

    @property
    def personal(self) -> dict[str, tuple[str, int]]:
        """The personal columns with their kind and the number of cells dropped."""
        dropped = {header: count.n for header, count in self.tally.personal.items()}
        kinds = {
            column.header: column.field.removeprefix("personal:") for column in self.mapping.columns
        }
        shown = [
            column.header
            for column in self.mapping.columns
            if column.personal or column.header in dropped
        ]
        return {header: (kinds[header], dropped.get(header, 0)) for header in shown}

    @property
    def unknown(self) -> tuple[str, ...]:
        """The columns that were not recognised; their cells stay on the record."""
        return tuple(
            column.header
            for column in self.mapping.columns
            if column.field == KEEP and column.how != How.TOLD
        )

    def column_readings(self) -> tuple[ColumnReading, ...]:
        """How each recognised column was read in the rows it was recognised by."""
        return column_readings(self._columns, self._sample, self._defaults)

    def notes(self) -> tuple[str, ...]:
        """What the user should know about the list."""
        return (
            *self.source.notes.lines(),
            *self._options.kept,
            *self._defaults.notes(),
            *self.tally.notes(),
        )

    def __iter__(self) -> Iterator[Row]:
        self._start()
        self.origin = Origin(
            source=self._said_by,
            observed_at=now(),
            as_of=self._options.as_of,
            client_id=self._client_id,
        )
        for item in self.source:
            if isinstance(item, SourceRow) and item.blank:
                self.blank += 1
                continue
            reason = item.reason if isinstance(item, BadRow) else self.flaw(item)
            if isinstance(item, BadRow) or reason:
                self.rejected += 1
                if reason in self.reasons or len(self.reasons) < 100:
                    self.reasons[str(reason)] += 1
                continue
            self.accepted += 1
            yield self._row(item)

    def bad_rows(self) -> Iterator[BadRow]:
        """The rejected rows as received; this reads the file again."""
        for item in self.source:
            if isinstance(item, BadRow):
                yield item
            elif not item.blank and (reason := self.flaw(item)):
                yield BadRow(item.row, item.line, item.cells, reason)

    def flaw(self, item: SourceRow) -> str | None:
        """Why a row is rejected; None when it names a company."""
        return self._flaws.of(item.cells)

    def _row(self, item: SourceRow) -> Row:
        companys = without_person_cells(item.cells, self.mapping)
        self._count_personal(item.cells, companys)
        statements = statements_of(companys, self._columns, self.tally, self._defaults)
        kept, content_hash = self._kept.of(companys)
        if not "".join(kept).isascii():
            self._count_garbled(kept, item.line)
        return Row(
            item.row,
            item.line,
            self._header,
            kept,
            statements,
            self.origin,
            content_hash,
            self._key(kept, statements),
            contacts_of(item.cells, self.mapping, self._options.contacts, self._country),
        )

    @property
    def _country(self) -> str | None:
        return self._options.country or self._options.client_country

    def _count_personal(self, cells: Cells, companys: Cells) -> None:
        looked_at = self.mapping.personal if cells is companys else self.mapping.columns
        for column in looked_at:
            dropped = column.personal or cells[column.place] != companys[column.place]
            if dropped and cells[column.place].strip():
                self.tally.count(self.tally.personal, column.header)

    def _count_garbled(self, kept: Cells, line: int) -> None:
        for cell in kept:
            if not cell.isascii() and (meant := garbled(cell[:LONGEST_NAME])):
                self.tally.garbled.n += 1
                self.tally.garbled.first = (
                    self.tally.garbled.first
                    or f"line {line}: {cell[:40]!r}, perhaps {meant[:40]!r}"
                )

    def _key(self, cells: Cells, statements: tuple[Statement, ...]) -> str:
        for column in self.mapping.of(ID):
            key = cleaned(cells[column.place])
            if key:
                return f"id:{key}"
        name = name_parts(cleaned(cells[self.mapping.of("name")[0].place]))
        domain = next((str(one.value) for one in statements if one.attribute == "domain"), "")
        return f"{name.core}|{domain}"


def open_reading(
    path: str,
    options: ReadOptions,
    *,
    source: str,
    client_id: UUID | None,
    remembered: Callable[[str], RecognisedColumns | None] | None = None,
) -> Reading:
    """Open a list and recognise its columns; `source` (`list:NAME`) says so of its facts.

    `remembered` gives what `Reading.columns` was for a header's fingerprint: what the user told
    then is taken as told again. Errors are those of `open_list` and `recognise`.
    """
    opened = open_list(
        path,
        encoding=options.encoding,
        sheet=options.sheet,
        if_needed=options.encoding_if_needed,
    )
    sample = sample_of(opened)
    document = remembered(fingerprint(opened.header)) if remembered else None
    before = load_mapping(opened.header, document) if document else None
    told = (
        {column.place: column.field for column in before.columns if column.how == How.TOLD}
        if before
        else {}
    )
    mapping = recognise(opened.header, sample, options.overrides, told)
    defaults = list_defaults(
        options.country, options.currency, mapping, sample, options.client_country
    )
    return Reading(opened, mapping, options, source, client_id, defaults, sample)
