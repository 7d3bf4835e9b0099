"""The rows of a file as dedupe takes them: columns recognised as in an import, ids from a column or
the row's number, nothing stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from dedupe.record import Key, MatchRecord, only_value
from intake.column_names import read_name
from intake.column_overrides import overridden_fields
from intake.mapping import ID, IGNORE, KEEP, ColumnMapping, How
from intake.read_list import Reading, ReadOptions, open_reading
from intake.stated import Stated, name_of, stated
from intake.vocabulary import vocabulary
from leads.errors import UsageError
from leads.sheets.rows import BadRow, Cells, SourceRow

#: Numbers that are issued once; of a file one kind is compared, as a VAT id is never equal to a
#: register number.
NUMBERS = ("register_number", "vat_id", "lei")
_ALIASES = ("alias", "former_name", "legal_name")
_STEP = 10_000
#: Why a row without any value is not compared.
BLANK = "the row is blank"


@dataclass(slots=True)
class MatchFile:
    """An opened file and, once read, its rows."""

    reading: Reading
    #: The place of the column of ids, None for none; whether the user named it.
    id_place: int | None
    id_named: bool
    #: Which of `NUMBERS` is compared, empty for none.
    number: str
    records: list[MatchRecord] = field(default_factory=list)
    rejected: int = 0
    blank: int = 0
    warnings: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """All of them, blank and rejected ones included."""
        return len(self.records) + self.rejected + self.blank

    def taken(self) -> Iterator[tuple[int, Cells, str | None]]:
        """Every row of the file with its number and its cells as received, and why it is not
        compared; None when it is.
        """
        width = len(self.reading.source.header)
        for item in self.reading.source:
            reason = self._refused(item)
            cells = item.cells
            if len(cells) > width:
                reason = f"{reason}; what is beyond: {', '.join(map(repr, cells[width:]))}"
            yield item.row, (*cells[:width], *[""] * (width - len(cells))), reason

    def _refused(self, item: SourceRow | BadRow) -> str | None:
        if isinstance(item, BadRow):
            return item.reason
        return BLANK if item.blank else self.reading.flaw(item)


def open_match_file(
    path: str,
    options: ReadOptions,
    id_column: str | None,
    reserved: Sequence[str],
    *,
    ids: bool = True,
) -> MatchFile:
    """Open a file, its rows named by their `ids` where it has some.

    UsageError when it has a column of a `reserved` name, and all that `open_reading` raises.
    """
    reading = open_reading(path, options, source="file", client_id=None)
    header = reading.source.header
    taken = {name.casefold(): name for name in header}
    for name in reserved:
        if name in taken:
            raise UsageError(
                f"{path} has a column {taken[name]!r} already, which the result would add",
                "rename that column, or leave it out",
            )
    recognised = [column.place for column in reading.mapping.of(ID)] if ids else []
    # A column that is named as the ids keeps its other meaning: a register number tells companies
    # apart too.
    named = list(overridden_fields(header, {ID: id_column})) if id_column else []
    number = next((name for name in NUMBERS if reading.mapping.of(name)), "")
    file = MatchFile(reading, next(iter(named or recognised), None), bool(named), number)
    if ids and file.id_place is None and (overlooked := _no_ids_after_all(reading.mapping)):
        file.warnings.append(
            f"{overlooked!r} has values that repeat or are missing: row numbers are the ids instead"
        )
    return file


def _no_ids_after_all(mapping: ColumnMapping) -> str | None:
    """A column that is named as one of ids and was not taken for one."""
    words = (
        (column, read_name(column.header).word(vocabulary().fields))
        for column in mapping.columns
        if column.how == How.NOT
    )
    return next(
        (column.header for column, word in words if word and word.field == ID and not word.weak),
        None,
    )


def read_rows(file: MatchFile, step: Callable[[int], None], *, unique: bool = True) -> None:
    """Read the rows. Where an id is missing or not `unique`, a named column is an error and a
    recognised one makes way for row numbers.

    Where ids need not be unique they may repeat, and a row without one is named by its number.
    """
    ids = _Ids(file, unique=unique)
    numbers: list[int] = []
    for number, cells, reason in file.taken():
        if number % _STEP == 0:
            step(number)
        if reason is None:
            numbers.append(number)
            said = stated(cells, file.reading.mapping)
            file.records.append(
                _record(
                    ids.of(number, cells), name_of(cells, file.reading.mapping), said, file.number
                )
            )
        elif reason == BLANK:
            file.blank += 1
        else:
            file.rejected += 1
    if ids.flawed:
        file.records = [
            replace(record, key=number)
            for record, number in zip(file.records, numbers, strict=True)
        ]


class _Ids:
    """The ids of the rows, as long as the column that holds them is one of ids."""

    def __init__(self, file: MatchFile, *, unique: bool) -> None:
        self._file, self._unique = file, unique
        self._seen: set[str] = set()
        self.flawed = False

    def of(self, number: int, cells: Cells) -> Key:
        """The id of one row."""
        place = self._file.id_place
        if place is None or self.flawed:
            return number
        text = cells[place].strip()
        if text and text not in self._seen:
            self._seen.add(text)
            return text
        header = self._file.reading.source.header[place]
        what = (
            f"{header!r} has {text[:60]!r} a second time in row {number:,}"
            if text
            else f"{header!r} is empty in row {number:,}"
        )
        if self._file.id_named and self._unique:
            raise UsageError(
                f"an id is needed for every row, each once: {what}",
                "name a column whose values differ on every row, or none",
            )
        if not self._unique:
            self._tell_once(
                f"{what}: such rows are named by their row number"
                if not text
                else f"{what}: a match_id may mean either row"
            )
            return text or number
        self.flawed = True
        self._file.warnings.append(f"{what}: row numbers are the ids instead")
        return number

    def _tell_once(self, warning: str) -> None:
        kind = warning.rsplit(": ", 1)[1]
        if not any(told.endswith(kind) for told in self._file.warnings):
            self._file.warnings.append(warning)


def _record(key: Key, name: str, said: Stated, number: str) -> MatchRecord:
    one = {attribute: only_value(attribute, values) for attribute, values in said.items()}
    shown = name.casefold()
    return MatchRecord(
        key,
        name,
        aliases=tuple(
            other for kind in _ALIASES for other in said.get(kind, ()) if other.casefold() != shown
        ),
        domains=tuple(said.get("domain", ())),
        phones=tuple(said.get("phone", ())),
        country=one.get("country", ""),
        city=one.get("city", ""),
        postcode=one.get("postcode", ""),
        street=one.get("street", ""),
        register_number=one.get(number, ""),
        legal_form=one.get("legal_form", ""),
    )


def columns_said(file: MatchFile) -> dict[str, str]:
    """How the columns were understood that are compared."""
    known = file.reading.mapping.columns
    return {
        one.header: one.field
        for one in known
        if one.field not in (IGNORE, KEEP) and not one.personal
    }
