"""How a table was read whose rows are qualified, as notes on stderr."""

from __future__ import annotations

from actions.qualify_table import TableSummary
from console.cli.output import counted, note, plain
from console.cli.reading_lines import reading_lines
from leads.errors import PartlyDoneError


def note_summary(summary: TableSummary) -> None:
    """End with exit code 5 when rows were rejected."""
    for name in summary.not_stated:
        note(f"the profile asks {name}; no column gives it: if one does, --map {name}=COLUMN")
    for line in reading_lines(summary.reading):
        note(line)
    if not summary.accepted + summary.rejected:
        note(f"{plain(summary.file_name)} has no rows")
    if summary.rejected:
        raise PartlyDoneError(
            f"{counted(summary.rejected, 'row was', 'rows were')} rejected",
            f"correct {plain(summary.file_name)}: the notes above say what is wrong",
        )
