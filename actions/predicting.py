"""Learn from the outcomes in a file which companies convert, without a database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np

from engage.predict.outcome_words import read_outcomes
from engage.predict.prediction import Prediction, Question, predict
from engage.predict.table import Column, Outcomes, column_of
from leads.errors import NotFoundError, UsageError
from leads.sheets.open_table import open_table
from leads.sheets.rows import BadRow

__all__ = ["FileToLearn", "Learned", "Prediction", "predict_file"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileToLearn:
    """A file with one row for each company or call, and what its columns mean."""

    #: `-` for stdin.
    path: str
    outcome: str
    time: str | None = None
    #: Columns that are known only after the outcome.
    after: Sequence[str] = ()
    #: Columns that are known before it, whatever they look like.
    keep: Sequence[str] = ()
    #: The texts of won rows; empty: the usual words.
    won: Sequence[str] = ()
    encoding: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """The prediction, and the rows that were not used."""

    prediction: Prediction
    rows: int
    #: Rows without an outcome yet.
    open: int
    #: Rows that cannot be read; the first reason.
    rejected: int
    first_reason: str


def predict_file(file: FileToLearn) -> Learned:
    """Judge whether the columns of a file tell its outcomes.

    NotFoundError or UsageError when the file or a column does not exist, or cannot be read.
    """
    columns, rejected = _read(file)
    for name in (file.outcome, file.time, *file.after, *file.keep):
        if name is not None:
            _check(name, columns)
    if file.outcome in {file.time, *file.after, *file.keep}:
        raise UsageError(
            f"{file.outcome!r} is the outcome", "name another column for --time, --after or --keep"
        )
    read = read_outcomes(columns.pop(file.outcome), file.won)
    closed = np.flatnonzero(read.is_closed)
    rows = Outcomes(columns, read.is_won).rows(closed)
    question = Question(
        time=rows.columns[file.time] if file.time else None,
        after=frozenset(file.after),
        keep=frozenset(file.keep),
    )
    return Learned(
        prediction=predict(rows, question),
        rows=len(read.is_closed) + len(rejected),
        open=len(read.is_closed) - len(closed),
        rejected=len(rejected),
        first_reason=f"line {rejected[0].line}: {rejected[0].reason}" if rejected else "",
    )


def _read(file: FileToLearn) -> tuple[dict[str, Column], list[BadRow]]:
    named = {name.casefold() for name in (file.outcome, file.time or "", *file.after) if name}
    table = open_table(
        file.path,
        lambda text: text.strip().casefold() in named,
        encoding=file.encoding,
        sheet=file.sheet,
    )
    cells: list[list[str]] = [[] for _ in table.header]
    rejected: list[BadRow] = []
    for row in table:
        if isinstance(row, BadRow):
            rejected.append(row)
        elif not row.blank:
            for column, cell in zip(cells, row.cells, strict=True):
                column.append(cell)
    names = [name.strip() for name in table.header]
    return {
        name: column_of(name, column) for name, column in zip(names, cells, strict=True)
    }, rejected


def _check(name: str, columns: dict[str, Column]) -> None:
    if name in columns:
        return
    near = get_close_matches(name, columns, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"its columns are {', '.join(columns)}"
    raise NotFoundError(f"the file has no column {name!r}", hint)
