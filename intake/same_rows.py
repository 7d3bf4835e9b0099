"""Find which rows of a file are records that its list has already, read in another way now."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple, Protocol
from uuid import UUID

from intake.mapping import IGNORE
from intake.vocabulary import PERSONAL
from leads.recognised_columns import RecognisedColumns


class Keyed(Protocol):
    """A record with what identifies its company in the list."""

    @property
    def id(self) -> UUID:
        """The record."""

    @property
    def row_key(self) -> str:
        """Equal for rows about the same company."""


class Received(Protocol):
    """A row of a file with its cells by column."""

    @property
    def row(self) -> int:
        """Its number in the file."""

    @property
    def raw(self) -> dict[str, str]:
        """The cells that are not empty."""


class Stored(Received, Protocol):
    """A record with the cells that its import kept."""

    @property
    def id(self) -> UUID:
        """The record."""

    @property
    def import_id(self) -> UUID:
        """The import that stored it."""

    @property
    def columns(self) -> RecognisedColumns:
        """The columns of this import."""


class RowCells(NamedTuple):
    """A row with its number and what its cells say."""

    id: UUID
    row: int
    #: Equal for rows with equal cells, see `cells_hash`.
    cells: bytes


@dataclass(frozen=True, slots=True)
class FileRows:
    """The rows of the file, the record that each of them is now, and the columns."""

    ids: Sequence[UUID]
    rows: Iterable[Received]
    columns: RecognisedColumns


def same_rows(
    old: Sequence[Keyed],
    new: Sequence[Keyed],
    file: FileRows,
    read: Callable[[list[UUID]], Iterable[Stored]],
) -> dict[UUID, UUID]:
    """The new record of each old one that it replaces.

    A row replaces the record with its key if no other on either side has that key, else a record
    with its cells. Keys are compared again among those that are left. `read` gives the cells of
    records.
    """
    pairs = by_key(old, new)
    left, rest = _unpaired(old, new, pairs)
    if not left or not rest:
        return pairs

    pairs |= _same_cells(read([row.id for row in left]), {row.id for row in rest}, file)
    return pairs | by_key(*_unpaired(old, new, pairs))


def by_key(old: Iterable[Keyed], new: Iterable[Keyed]) -> dict[UUID, UUID]:
    """The new row of each old one, where no other row on either side has their key."""
    olds, news = list(old), list(new)
    old_keys = Counter(row.row_key for row in olds)
    new_keys = Counter(row.row_key for row in news)
    ids = {row.row_key: row.id for row in news}

    return {
        row.id: ids[row.row_key]
        for row in olds
        if old_keys[row.row_key] == 1 and new_keys[row.row_key] == 1
    }


def by_cells(old: Iterable[RowCells], new: Iterable[RowCells]) -> dict[UUID, UUID]:
    """The new row of each old one with equal cells: that of its number, else the next in order.

    Each row is used once.
    """
    olds, news = sorted(old, key=_number), sorted(new, key=_number)
    numbered = {(row.cells, row.row): row.id for row in news}
    pairs: dict[UUID, UUID] = {}
    for row in olds:
        if found := numbered.pop((row.cells, row.row), None):
            pairs[row.id] = found

    used = set(pairs.values())
    waiting = defaultdict[bytes, list[UUID]](list)
    for row in reversed(news):
        if row.id not in used:
            waiting[row.cells].append(row.id)

    for row in olds:
        if row.id not in pairs and waiting.get(row.cells):
            pairs[row.id] = waiting[row.cells].pop()
    return pairs


def cells_hash(raw: Mapping[str, str], without: Set[str]) -> bytes:
    """Equal for rows whose cells are equal, but for those of some columns.

    Neither the order of the columns nor blanks around a cell count.
    """
    cells = ((header, str(cell).strip()) for header, cell in raw.items() if header not in without)
    text = "\x1e".join(f"{header}\x1f{cell}" for header, cell in sorted(cells) if cell)
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()[:16]


def _number(row: RowCells) -> int:
    return row.row


def _unpaired(
    old: Sequence[Keyed], new: Sequence[Keyed], pairs: Mapping[UUID, UUID]
) -> tuple[list[Keyed], list[Keyed]]:
    used = set(pairs.values())
    left = [row for row in old if row.id not in pairs]
    return left, [row for row in new if row.id not in used]


def _same_cells(old: Iterable[Stored], new: Set[UUID], file: FileRows) -> dict[UUID, UUID]:
    """The new row of each old one with equal cells in the columns that both imports kept."""
    dropped = _dropped(file.columns)
    left_out: dict[UUID, frozenset[str]] = {}
    groups = defaultdict[frozenset[str], list[RowCells]](list)
    for one in old:
        if one.import_id not in left_out:
            left_out[one.import_id] = dropped | _dropped(one.columns)
        without = left_out[one.import_id]
        groups[without].append(RowCells(one.id, one.row, cells_hash(one.raw, without)))

    pairs: dict[UUID, UUID] = {}
    # Where more columns can be compared, a pair is surer.
    for without in sorted(groups, key=len):
        free = new - set(pairs.values())
        rows = {
            key: RowCells(key, row.row, cells_hash(row.raw, without))
            for key, row in zip(file.ids, file.rows, strict=True)
            if key in free
        }
        pairs |= by_cells(groups[without], rows.values())
    return pairs


def _dropped(columns: RecognisedColumns) -> frozenset[str]:
    """The columns whose cells an import does not store: ignored ones and those of persons."""
    return frozenset(
        column["header"]
        for column in columns["columns"]
        if column["field"] == IGNORE or column["field"].startswith(PERSONAL)
    )
