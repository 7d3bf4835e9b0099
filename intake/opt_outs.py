"""The columns of a list that say who must not be contacted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.mapping import OPT_OUT, Column, ColumnMapping, How
from leads.errors import UsageError
from leads.lexicon.opt_outs import as_yes_or_no, is_permission_column, says_opt_out


@dataclass(frozen=True, slots=True)
class OptOut:
    """A row that must not be contacted, and the cell that says so."""

    header: str
    cell: str

    def __str__(self) -> str:
        return f"{self.header}: {self.cell}"[:200]


@dataclass(frozen=True, slots=True)
class OptOutColumns:
    """The opt-out columns of one list, and the other columns that may say the same."""

    columns: tuple[Column, ...]
    others: tuple[Column, ...]

    @classmethod
    def of(cls, mapping: ColumnMapping) -> OptOutColumns:
        """Find the columns in a mapping; a column that the user said to keep says nothing."""
        others = [column for column in mapping.columns if column.speaks_for_itself]
        return cls(mapping.of(OPT_OUT), tuple(others))

    def find(self, cells: Sequence[str], line: int) -> OptOut | None:
        """The opt-out that a row states, by column; None when it states none.

        UsageError when a cell of an opt-out column says neither yes nor no.
        """
        for column in self.columns:
            cell = cells[column.place].strip()
            if cell and self._answer(column, cell, line):
                return OptOut(column.header, cell)
        for column in self.others:
            cell = cells[column.place]
            # Plain numbers are many, and say nothing.
            if cell and not cell.isdecimal() and says_opt_out(cell.strip()):
                return OptOut(column.header, cell.strip())
        return None

    def allow(self, cells: Sequence[str]) -> bool:
        """Whether a row of a do-not-contact list may be contacted, as its opt-out columns say."""
        answers = list(self._answers(cells))
        return bool(answers) and all(answer is False for answer in answers)

    def _answers(self, cells: Sequence[str]) -> Iterator[bool | None]:
        for column in self.columns:
            cell = cells[column.place].strip()
            yield _suppresses(column, cell) if cell else _is_permission(column)

    def _answer(self, column: Column, cell: str, line: int) -> bool:
        answer = _suppresses(column, cell)
        if answer is not None:
            return answer
        if column.how is How.TOLD:
            return True
        raise UsageError(
            f"the column {column.header!r} says who must not be contacted, and {cell[:60]!r}"
            f" (line {line:,}) is neither yes nor no",
            f"--opt-out-column {column.header!r} suppresses every row with anything but a no there;"
            f" --map keep={column.header!r} suppresses nobody by it",
        )


def _suppresses(column: Column, cell: str) -> bool | None:
    """Whether a cell says that its row must not be contacted; None when it says neither."""
    if says_opt_out(cell):
        # `Do not contact` says so under `Contact allowed` too.
        return True
    answer = as_yes_or_no(cell)
    return None if answer is None else answer is not _is_permission(column)


def _is_permission(column: Column) -> bool:
    return is_permission_column(column.header)
