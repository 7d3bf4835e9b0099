"""Pairs of the rows of a file, and the file of answers about them."""

from __future__ import annotations

from typing import Annotated

import typer

from actions.file_learning import FilePairs, FileToLearn
from actions.session import login_name
from console.cli.desk_input import typed
from console.cli.match_options import list_file
from console.cli.output import counted, emit, emit_json, note
from console.cli.pair_screen import PairScreen, asked_json, side_by_side
from console.cli.progress import waiting
from leads.errors import UsageError

Answers = Annotated[
    str | None,
    typer.Option("--answers", help="The answers about FILE: JSON Lines.", metavar="ANSWERS"),
]
IdColumn = Annotated[
    str | None,
    typer.Option("--id", help="The id column of FILE, as in `sluice cluster`.", metavar="COLUMN"),
]
Kind = Annotated[
    str,
    typer.Option("--company-is", help="Of FILE, as in `sluice cluster`.", metavar="KIND"),
]


def file_to_learn(
    file: str,
    answers: str | None,
    id_column: str | None,
    company_is: str,
    mapping: list[str] | None,
    encoding: str | None,
    sheet: str | None,
    country: str | None,
) -> FileToLearn:
    """Return the file and its answers as the options name them."""
    if answers is None:
        raise UsageError("--file needs --answers", "name the file that keeps the answers")
    read = list_file(file, mapping, encoding, sheet, country)
    return FileToLearn(file=read, answers=answers, id_column=id_column, company_is=company_is)


def review_file(
    wanted: FileToLearn, limit: int, user: str | None, *, ask: bool, as_json: bool
) -> None:
    """Show the drawn pairs of a file, or ask about them one by one."""
    if ask and wanted.file.path == "-":
        raise UsageError("FILE cannot be stdin with --ask", "name a file: the keys come from stdin")
    with waiting("comparing rows") as progress:
        desk = FilePairs(wanted, limit, user or login_name(), progress)
    note_strange(desk.strange)
    if ask:
        PairScreen(desk, typed(), as_json).run()
        return
    pairs = [desk.pair(at) for at in range(desk.count)]
    if as_json:
        ids = [{"left_id": one.left, "right_id": one.right} for one in desk.drawn]
        emit_json([asked_json(pair) | of for pair, of in zip(pairs, ids, strict=True)])
        return
    for at, pair in enumerate(pairs, 1):
        for line in side_by_side(pair, at, desk.count):
            emit(line)
    note("answer them one by one with --ask" if pairs else "no pair of rows waits for an answer")


def note_strange(strange: int) -> None:
    """Say how many answers are about other rows than those of the file."""
    if strange:
        answers = counted(strange, "answer is", "answers are")
        note(f"{answers} left out: the file lacks the rows, or they have another name")
