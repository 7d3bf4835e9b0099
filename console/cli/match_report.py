"""The report of `sluice cluster` and `sluice link`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions.matching import FileRead, renamed
from console.cli.column_lines import column_lines
from console.cli.output import counted, emit, emit_json, note, plain
from leads.errors import PartlyDoneError

STANDARD = "-"
#: The words for the counts that have a singular.
_WORDS = {
    "rows": ("row", "rows"),
    "right_rows": ("right row", "right rows"),
    "clusters": ("cluster", "clusters"),
    "duplicates": ("duplicate", "duplicates"),
    "matches": ("match", "matches"),
    "review_pairs": ("pair to review", "pairs to review"),
}


@dataclass(frozen=True, slots=True)
class MatchReport:
    """What was written and read, in how many seconds."""

    output: str
    strictness: str
    counts: Mapping[str, int]
    warnings: Sequence[str]
    #: The name of each added column.
    columns: Mapping[str, str]
    files: Sequence[FileRead]
    seconds: float
    #: The model file whose weights were used.
    model: str | None = None


def show(report: MatchReport, *, as_json: bool) -> None:
    """Print the report; PartlyDoneError when rows were rejected."""
    for file in report.files:
        _note_file(file)
    for name, given in renamed(report.columns).items():
        note(f"{plain(report.files[0].name)} has a column {name!r}: the result is in {given!r}")
    for warning in report.warnings:
        note(f"warning: {plain(warning)}")

    counts = {
        **report.counts,
        "rejected": sum(file.rejected for file in report.files),
        "blank": sum(file.blank for file in report.files),
    }
    line = ", ".join(_count_text(name, count) for name, count in counts.items())
    if report.output == STANDARD:
        note(line)
    elif as_json:
        how = {"strictness": report.strictness, "model": report.model}
        outcome = {**counts, **how, "warnings": report.warnings}
        emit_json({**outcome, "added_columns": report.columns, "seconds": round(report.seconds, 2)})
    else:
        emit(line)
    _check_rejected(report)


def _note_file(file: FileRead) -> None:
    name = plain(file.name)
    if not file.rows:
        note(f"{name} has no rows")
    note(f"{name}:")
    for line in column_lines(file.readings):
        note(f"  {line}")
    for line in file.notes:
        note(f"  {plain(line)}")


def _count_text(name: str, count: int) -> str:
    return counted(count, *_WORDS.get(name, (name, name)))


def _check_rejected(report: MatchReport) -> None:
    rejected = sum(file.rejected for file in report.files)
    if not rejected:
        return
    rows = "row names" if rejected == 1 else "rows name"
    hint = (
        f"the column `{report.columns['reason']}` of {report.output} says why"
        if report.files[0].rejected
        else "correct them in the second file"
    )
    raise PartlyDoneError(f"{rejected:,} {rows} no company", hint)
