"""Read the rows of an opened file as records to compare, each with its id."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from actions.kept_rows import KeptRows
from actions.match_file import BLANK, MatchFile
from dedupe.record import Key, MatchRecord
from intake.mapping import ColumnMapping
from intake.stated import Stated, StatedColumns, name_of
from leads.errors import UsageError
from leads.sheets.rows import Cells

_ALIASES = ("alias", "former_name", "legal_name")
#: Rows between two signs of progress.
STEP = 10_000


def read_rows(
    file: MatchFile,
    step: Callable[[int], None],
    *,
    unique: bool = True,
    kept: KeptRows | None = None,
) -> None:
    """Read the rows; `step` receives a row's number now and then, and `kept` each row.

    Where ids must be `unique`, one that is missing or repeats is an error in a column that the
    user named; a recognised column is then replaced by row numbers. Where they need not be, ids
    may repeat, and a row without one gets its number.
    """
    ids = _RowIds(file, unique=unique)
    reader = RecordReader(file.reading.mapping, file.number)
    numbers: list[int] = []
    for number, cells, rejection in file.source_rows():
        if number % STEP == 0:
            step(number)
        if kept is not None:
            kept.add(cells, rejection)
        if rejection is None:
            numbers.append(number)
            key = ids.id_of(number, cells)
            file.records.append(reader.record_of(key, cells))
        elif rejection == BLANK:
            file.blank += 1
        else:
            file.rejected += 1

    if ids.replaced:
        pairs = zip(file.records, numbers, strict=True)
        file.records = [replace(record, key=number) for record, number in pairs]


class _RowIds:
    """The ids of rows, from a column as long as its values can be ids."""

    def __init__(self, file: MatchFile, *, unique: bool) -> None:
        self._file, self._unique = file, unique
        self._seen: set[str] = set()
        #: Whether row numbers replace the column.
        self.replaced = False

    def id_of(self, number: int, cells: Cells) -> Key:
        """Return the id of one row."""
        place = self._file.id_place
        if place is None or self.replaced:
            return number
        text = cells[place].strip()
        if text and text not in self._seen:
            self._seen.add(text)
            return text

        header = self._file.header[place]
        flaw = (
            f"{header!r} has {text[:60]!r} a second time in row {number:,}"
            if text
            else f"{header!r} is empty in row {number:,}"
        )
        return self._flawed_id(number, text, flaw)

    def _flawed_id(self, number: int, text: str, flaw: str) -> Key:
        if not self._unique:
            outcome = (
                "a match_id may mean either row"
                if text
                else "such rows are identified by their row number"
            )
            self._warn_once(flaw, outcome)
            return text or number
        if self._file.id_named:
            raise UsageError(
                f"each row needs its own id: {flaw}",
                "name a column whose values differ on every row, or none",
            )
        self.replaced = True
        self._file.warnings.append(f"{flaw}: row numbers are the ids instead")
        return number

    def _warn_once(self, flaw: str, outcome: str) -> None:
        if not any(warning.endswith(outcome) for warning in self._file.warnings):
            self._file.warnings.append(f"{flaw}: {outcome}")


class RecordReader:
    """Reads rows as records to compare; `number` is the kind of number that is compared."""

    def __init__(self, mapping: ColumnMapping, number: str) -> None:
        self._mapping, self._number = mapping, number
        self._columns = StatedColumns(mapping)
        self._has_aliases = any(mapping.of(field) for field in _ALIASES)

    def record_of(self, key: Key, cells: Cells) -> MatchRecord:
        """Return one row as a record."""
        name, values = name_of(cells, self._mapping), self._columns.of_row(cells)

        # Of what a company has once, a row states one value at most.
        return MatchRecord(
            key,
            name,
            aliases=_aliases(name, values) if self._has_aliases else (),
            domains=tuple(values["domain"]) if "domain" in values else (),
            phones=tuple(values["phone"]) if "phone" in values else (),
            country=values["country"][0] if "country" in values else "",
            city=values["city"][0] if "city" in values else "",
            postcode=values["postcode"][0] if "postcode" in values else "",
            street=values["street"][0] if "street" in values else "",
            register_number=values[self._number][0] if self._number in values else "",
            legal_form=values["legal_form"][0] if "legal_form" in values else "",
        )


def _aliases(name: str, values: Stated) -> tuple[str, ...]:
    others = [other for kind in _ALIASES if kind in values for other in values[kind]]
    shown = name.casefold()
    return tuple(other for other in others if other.casefold() != shown)
