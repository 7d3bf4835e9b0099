"""`sluice qualify FILE --engine spark`: check the rows of a table that is too large for one process."""

from __future__ import annotations

from actions.match_file import ListFile
from actions.spark_qualify import qualify_on_spark as run
from console.cli.output import counted, emit, emit_json, note, plain
from console.cli.progress import Progress
from console.cli.spark_options import SparkTarget
from console.cli.warnings import note_warning
from leads.errors import PartlyDoneError, UsageError


def qualify_on_spark(file: ListFile, icp: str, target: SparkTarget, *, as_json: bool) -> None:
    """Write the rows with their verdicts, and print how many rows have which stage."""
    if target.output is None:
        raise UsageError("Spark writes a folder of files", "name it: -o companies.parquet")
    progress = Progress()
    done = run(file, icp, target.output, target.master, progress, force=target.force)
    progress.end()

    note_warning(done.warning)
    for name, given in done.columns.items():
        if name != given:
            note(f"{plain(file.path)} has a column {name!r}: the result is in {given!r}")
    if as_json:
        emit_json({"stages": done.stages, "rejected": done.rejected, "added_columns": done.columns})
    else:
        emit(", ".join(f"{stage}: {rows:,}" for stage, rows in done.stages.items()))
    if done.rejected:
        raise PartlyDoneError(
            f"{counted(done.rejected, 'row was', 'rows were')} rejected",
            f"{plain(target.output)} says why in {done.columns['rejected']!r}",
        )
