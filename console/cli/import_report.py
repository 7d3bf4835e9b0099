"""What came of imported files, as notes on stderr; rejected rows end a command with exit code 5."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from actions.imports import ImportReport, Rejects
from console.cli.output import counted, note, plain
from console.cli.reading_lines import reading_lines
from leads.errors import PartlyDoneError

_COUNTS = ("imported", "updated", "duplicate", "rejected", "blank", "withdrawn", "withheld")


def note_import(report: ImportReport) -> None:
    """Print what came of a file, and how its columns were understood."""
    counts = report.counts
    found = [(getattr(counts, name), name) for name in _COUNTS]
    parts = [f"{count:,} {name}" for count, name in found if count]
    note(f"{report.list_name}: {counted(counts.rows, 'row')}: {', '.join(parts)}")
    for line in reading_lines(report.reading):
        note(f"  {line}")
    if report.opted_out:
        say = "row says" if report.opted_out == 1 else "rows say"
        note(f"  {report.opted_out:,} {say} that they must not be contacted: suppressed")
    if counts.erased:
        say = "row names" if counts.erased == 1 else "rows name"
        note(f"  {counts.erased:,} {say} a company that was erased on request: not stored")
    for line in report.role_notes:
        note(f"  {plain(line)}")
    if report.why_withheld:
        stay = (
            "record that the file does not name stays"
            if counts.withheld == 1
            else "records that the file does not name stay"
        )
        note(f"  {counts.withheld:,} {stay} on the list, as {report.why_withheld}")


def note_reviews(pairs: int, client: str) -> None:
    """Say how many pairs wait for a person, and the command that shows them."""
    if pairs:
        option = "" if client == "default" else f" --client {shlex.quote(client)}"
        wait = "pair of records waits" if pairs == 1 else "pairs of records wait"
        note(f"{pairs:,} {wait} for a decision: `sluice dedupe review{option}`")


def check_rejected(rejects: Sequence[Rejects]) -> None:
    """End with exit code 5 when rows were rejected, naming each reject file and its command.

    A dry run writes no reject file.
    """
    if not rejects:
        return
    files = ", ".join(str(one.file) for one in rejects if one.file)
    if not files:
        raise PartlyDoneError(
            "some rows would be rejected",
            "correct them in the file; an import writes them to a reject file",
        )
    commands = ", ".join(f"`{one.command}`" for one in rejects)
    raise PartlyDoneError(
        f"some rows were rejected: see {files}",
        f"correct them there, then {commands}: what is known stays as it is",
    )
