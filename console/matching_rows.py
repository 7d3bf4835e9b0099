"""The rows of a file as dedupe takes them: columns recognised as in an import, ids from a column or the row's number, nothing stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from dedupe.record import Key, MatchRecord
from intake.mapping import ID, IGNORE, KEEP, How
from intake.read_list import Reading, ReadOptions, open_reading
from intake.rows import BadRow, Cells, SourceRow
from intake.stated import Stated, name_of, stated
from leads.errors import UsageError

#: Numbers that are issued once; of a file one kind is compared, as a VAT id is never equal to a register number.
NUMBERS = ("register_number", "vat_id", "lei")
_ALIASES = ("alias", "former_name", "legal_name")
_STEP = 10_000


@dataclass(slots=True)
class MatchFile:
    """An opened file and, once read, its rows."""

    reading: Reading
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
        """Every row of the file with its number and its cells as received, and why it is not compared; None when it is."""
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
        return "the row is blank" if item.blank else self.reading.flaw(item)


def open_match_file(path: str, options: ReadOptions, id_column: str | None, reserved: Sequence[str]) -> MatchFile:
    """Open a file; UsageError when it has a column of a `reserved` name, and all that `open_reading` raises."""
    overrides = {**options.overrides, **({ID: id_column} if id_column else {})}
    reading = open_reading(path, replace(options, overrides=overrides), source="file", client_id=None)
    taken = {name.casefold(): name for name in reading.source.header}
    for name in reserved:
        if name in taken:
            raise UsageError(
                f"{path} has a column {taken[name]!r} already, which the result would add", "rename that column, or leave it out"
            )
    return MatchFile(reading, next((name for name in NUMBERS if reading.mapping.of(name)), ""))


def read_rows(file: MatchFile, step: Callable[[int], None]) -> None:
    """Read the rows; row numbers become the ids where a recognised column turns out to have an id twice, or none."""
    keys = _Keys(file)
    for number, cells, reason in file.taken():
        if number % _STEP == 0:
            step(number)
        if reason is None:
            said = stated(cells, file.reading.mapping)
            file.records.append(_record(keys.key(number, cells), name_of(cells, file.reading.mapping), said, file.number))
        elif reason == "the row is blank":
            file.blank += 1
        else:
            file.rejected += 1
    if keys.numbers:
        file.records = [replace(record, key=number) for record, number in zip(file.records, keys.numbers, strict=True)]


class _Keys:
    """The ids of the rows, as long as the column that holds them is one of ids."""

    def __init__(self, file: MatchFile) -> None:
        found = file.reading.mapping.of(ID)
        self._column = found[0] if found else None
        self._file = file
        self._seen: set[str] = set()
        self._rows: list[int] = []
        #: The row numbers, when they are needed in place of the column.
        self.numbers: list[int] = []

    def key(self, number: int, cells: Cells) -> Key:
        self._rows.append(number)
        if not self._column or self.numbers is self._rows:
            return number
        text = cells[self._column.place].strip()
        if text and text not in self._seen:
            self._seen.add(text)
            return text
        what = (
            f"{self._column.header!r} has {text!r} a second time in row {number}"
            if text
            else f"{self._column.header!r} is empty in row {number}"
        )
        if self._column.how == How.TOLD:
            raise UsageError(f"an id is needed for every row, each once: {what}", "name a column whose values differ on every row, or none")
        self._file.warnings.append(f"{what}: row numbers are the ids instead")
        self.numbers = self._rows
        return number


def _record(key: Key, name: str, said: Stated, number: str) -> MatchRecord:
    one = {attribute: values[0] for attribute, values in said.items()}
    shown = name.casefold()
    return MatchRecord(
        key,
        name,
        aliases=tuple(other for kind in _ALIASES for other in said.get(kind, ()) if other.casefold() != shown),
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
    return {one.header: one.field for one in known if one.field not in (IGNORE, KEEP) and not one.personal}
