"""The report of `sluice cluster` and `sluice link`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions.matching import FileRead
from console.cli.column_lines import column_lines
from console.cli.output import counted, emit, emit_json, note, plain
from leads.errors import PartlyDoneError

STANDARD = "-"
#: The singular of the counts that have one.
_ONE = {
    "rows": "row",
    "right_rows": "right row",
    "clusters": "cluster",
    "duplicates": "duplicate",
    "matches": "match",
}


@dataclass(frozen=True, slots=True)
class MatchReport:
    """What was written and read, in how many seconds."""

    output: str
    counts: Mapping[str, int]
    warnings: Sequence[str]
    files: Sequence[FileRead]
    seconds: float


def show(report: MatchReport, *, as_json: bool) -> None:
    """Print the report; PartlyDoneError when rows were rejected."""
    for file in report.files:
        _note_file(file)
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
        emit_json({**counts, "warnings": report.warnings, "seconds": round(report.seconds, 2)})
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
    words = name.replace("_", " ")
    return counted(count, _ONE.get(name, words), words)


def _check_rejected(report: MatchReport) -> None:
    rejected = sum(file.rejected for file in report.files)
    if not rejected:
        return
    rows = "row names" if rejected == 1 else "rows name"
    hint = (
        f"the column `reason` of {report.output} says why"
        if report.files[0].rejected
        else "correct them in the second file"
    )
    raise PartlyDoneError(f"{rejected:,} {rows} no company", hint)
