"""`sluice scoring`: check and compare scoring files."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from actions import scoring_files
from actions.scoring_files import CheckedScoring
from console.cli.file_remarks import end_if_wrong
from console.cli.options import AsJson
from console.cli.output import counted, emit, emit_json, plain
from console.cli.tables import table

FilePath = Annotated[str, typer.Argument(help="A scoring file; - for stdin.", metavar="FILE")]


def check(file: FilePath, as_json: AsJson = False) -> None:
    """Check a scoring file.

    Finds kinds that do not exist, temperatures and qualifications that nothing can reach, points
    that cancel each other and thresholds that make a temperature go back and forth, each with its
    line. Exit code 2: the file cannot be read. Exit code 1: something must be changed.

    Example: sluice scoring check examples/scoring/seed.yaml
    """
    checked = scoring_files.check_scoring(file)
    scoring = checked.scoring
    if as_json:
        emit_json(
            {
                "scoring": scoring.name,
                "version": scoring.version,
                "model": scoring.model,
                "rules": [one.name for one in scoring.rules],
                "qualifications": list(scoring.qualifications),
                "remarks": [asdict(one) for one in checked.remarks],
            }
        )
    else:
        _show_check(file, checked)
    end_if_wrong(file, checked.problems)


def schema(
    as_json: AsJson = False,  # noqa: ARG001 - the output is always JSON
) -> None:
    """Print the JSON Schema of scoring files.

    Example: sluice scoring schema > scoring.schema.json
    """
    emit_json(scoring_files.scoring_schema())


def diff(
    before: Annotated[str, typer.Argument(help="A scoring file.", metavar="A")],
    after: Annotated[str, typer.Argument(help="Another one.", metavar="B")],
    as_json: AsJson = False,
) -> None:
    """Show what scoring file B says differently from A.

    Example: sluice scoring diff examples/scoring/seed.yaml scoring.yaml
    """
    found = [asdict(one) for one in scoring_files.compare_scoring(before, after)]
    if as_json:
        emit_json(found)
        return
    columns = {"path": "WHAT", "before": "A", "after": "B"}
    table(found, columns, empty="both files say the same")


def _show_check(file: str, checked: CheckedScoring) -> None:
    scoring = checked.scoring
    for one in checked.remarks:
        emit(f"{file}:{one.line}: {one.level}: {one.path}: {plain(one.message)}")
    rules = counted(len(scoring.rules), "rule")
    wrong = counted(len(checked.remarks), "remark") if checked.remarks else "nothing wrong"
    emit(f"{plain(scoring.name)} version {scoring.version}: {rules}, {wrong}")
