"""Parse a whole list into a temporary file, so that the transaction that stores it parses nothing."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple

from intake.contacts import RowContact
from intake.identity import match_key
from intake.opt_outs import OptOut, OptOutColumns
from intake.read_list import Reading, Row
from intake.row_roles import RowRoles
from intake.statements import Statement
from leads.errors import SluiceError
from leads.facts import Fact, Stated
from leads.sheets.rows import Cells

#: Rows held in memory at a time.
BATCH = 1_000

Progress = Callable[[str, int, int], None]


class ParsedRow(NamedTuple):
    """One accepted row, ready to be stored."""

    row: int
    line: int
    name: str
    row_key: str
    content_hash: str
    match_key: str
    #: What the row says its company is to the client, if it says so.
    role: str | None
    #: As they are stored: in the header's order, without empty ones at the end.
    cells: Sequence[str]
    #: Plain values, as they are stored.
    stated: list[Stated]
    header: Cells
    contacts: tuple[RowContact, ...] = ()

    @property
    def raw(self) -> dict[str, str]:
        """The cells that are not empty, by column."""
        return {header: cell for header, cell in zip(self.header, self.cells, strict=False) if cell}

    @property
    def statements(self) -> tuple[Statement, ...]:
        """What the row states."""
        return tuple(map(Statement.of_stated, self.stated))


class ParsedList:
    """The accepted rows of a list; `reading` counts all rows, `roles` those that state a role,
    and `opt_outs` has those that must not be contacted, by number.
    """

    def __init__(
        self,
        reading: Reading,
        roles: RowRoles,
        opt_outs: dict[int, OptOut],
        file: IO[bytes],
        lengths: Sequence[int],
    ) -> None:
        self.reading, self.roles, self.opt_outs = reading, roles, opt_outs
        #: Of each batch in the file, in bytes.
        self._file, self._lengths = file, lengths
        #: By number of the row, what is stored instead of it; None: nothing, it was erased once.
        self.screened: dict[int, ParsedRow | None] = {}

    @property
    def erased(self) -> int:
        """How many rows are not stored because they were erased once."""
        return sum(1 for one in self.screened.values() if one is None)

    def batches(self) -> Iterator[list[ParsedRow]]:
        """The rows in the order of the file, some at a time."""
        header = self.reading.mapping.header
        self._file.seek(0)
        for length in self._lengths:
            plain = marshal.loads(self._file.read(length))  # noqa: S302 - written by this process
            batch = [_named(row, header) for row in plain]
            kept = [self.screened.get(row.row, row) for row in batch] if self.screened else batch
            yield [row for row in kept if row is not None]

    def __iter__(self) -> Iterator[ParsedRow]:
        for batch in self.batches():
            yield from batch


@contextmanager
def parsed(reading: Reading, name: str, progress: Progress | None = None) -> Iterator[ParsedList]:
    """The rows of a list, parsed; the temporary file is deleted at the end.

    SluiceError when the temporary folder is full; UsageError when a cell of an opt-out column says
    neither yes nor no.
    """
    with TemporaryFile(prefix="sluice-") as file:
        lengths, roles = list[int](), RowRoles.of(reading.mapping)
        columns, opt_outs = OptOutColumns.of(reading.mapping), dict[int, OptOut]()
        rows = _plain_rows(reading, roles, columns, opt_outs)
        while batch := list(islice(rows, BATCH)):
            lengths.append(_write(file, batch))
            if progress:
                progress(f"reading {name}", reading.accepted, 0)
        yield ParsedList(reading, roles, opt_outs, file, lengths)


def name_of(stated: Iterable[Statement | Fact]) -> str:
    """The company's name as the row states it."""
    return next(str(one.value) for one in stated if one.attribute == "name")


def _write(file: IO[bytes], batch: list[tuple[Any, ...]]) -> int:
    """Write some rows; how many bytes."""
    # Plain values take a fraction of the time that it takes to pickle them.
    plain = marshal.dumps(batch)
    try:
        file.write(plain)
        file.flush()
    except OSError as error:
        raise SluiceError(
            f"the temporary folder cannot be written to: {error.strerror or error}",
            "free some space there, or set TMPDIR to another folder",
        ) from None
    return len(plain)


def _named(plain: tuple[Any, ...], header: Cells) -> ParsedRow:
    """The row again that was written as plain values."""
    *values, contacts = plain
    named = tuple(map(RowContact._make, contacts)) if contacts else ()
    return ParsedRow._make((*values, header, named))


def _plain_rows(
    reading: Reading, roles: RowRoles, columns: OptOutColumns, opt_outs: dict[int, OptOut]
) -> Iterator[tuple[Any, ...]]:
    """The rows as plain values; those that must not be contacted are noted in `opt_outs`."""
    for row in reading:
        if opted_out := columns.find(row.cells, row.line):
            opt_outs[row.row] = opted_out
        yield _plain(row, roles)


def _plain(row: Row, roles: RowRoles) -> tuple[Any, ...]:
    """The values of a parsed row in their order; its header is kept once."""
    name = name_of(row.statements)
    return (
        row.row,
        row.line,
        name,
        row.row_key,
        row.content_hash,
        match_key(name, row.statements),
        roles.role(row.cells),
        _without_end(row.cells),
        row.origin.stated(row.statements),
        [tuple(one) for one in row.contacts],
    )


def _without_end(cells: Cells) -> Cells:
    """The cells up to the last that is not empty."""
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]
