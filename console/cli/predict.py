"""`sluice predict`: whether past outcomes tell which companies convert."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from actions.predicting import FileToLearn, Learned, Prediction, predict_file
from console.cli.options import AsJson, Encoding, Sheet
from console.cli.output import counted, emit, emit_json, note, plain
from console.cli.progress import waiting
from console.cli.tables import table

Columns = list[str] | None


def predict(
    file: Annotated[
        str, typer.Argument(help="A table: CSV, XLSX or JSONL; - for stdin.", metavar="FILE")
    ],
    outcome: Annotated[
        str, typer.Option("--outcome", help="The column of won and lost.", metavar="COLUMN")
    ],
    time: Annotated[
        str | None,
        typer.Option(
            "--time", help="The column to sort by; default: the file's order.", metavar="COLUMN"
        ),
    ] = None,
    after: Annotated[
        Columns,
        typer.Option("--after", help="A column known only after the outcome.", metavar="COLUMN"),
    ] = None,
    keep: Annotated[
        Columns,
        typer.Option(
            "--keep", help="A column known before, though it looks late.", metavar="COLUMN"
        ),
    ] = None,
    won: Annotated[
        Columns,
        typer.Option(
            "--won", help="Another word for won; all others are then lost.", metavar="WORD"
        ),
    ] = None,
    encoding: Encoding = None,
    sheet: Sheet = None,
    as_json: AsJson = False,
) -> None:
    """Check whether the columns of FILE tell who converts.

    Learns from the first 70 % of the closed rows and tries it on the last 30 %. Columns that exist
    only after the outcome are found and left out, each with the reason. The verdict is `refuse`
    with under 200 closed or 30 won rows, when the lower end of the AUC's 95 % interval is at most
    .55, or when the chances are off by more than .05. Nothing is stored. `sluice predict FILE`
    does the same, unless FILE has the name of a command.

    Example: sluice predict file deals.csv --outcome won --time first_contact

    Example: sluice predict calls.csv --outcome y --after duration
    """
    wanted = FileToLearn(
        path=file,
        outcome=outcome,
        time=time,
        after=after or (),
        keep=keep or (),
        won=won or (),
        encoding=encoding,
        sheet=sheet,
    )
    with waiting("learning"):
        learned = predict_file(wanted)
    if learned.rejected:
        rows = counted(learned.rejected, "row was", "rows were")
        note(f"{rows} left out; the first: {plain(learned.first_reason)}")
    if as_json:
        emit_json(_document(learned))
    else:
        show_prediction(learned.prediction, learned.open)


def _document(learned: Learned) -> dict[str, Any]:
    more = {"rows": learned.rows, "open": learned.open, "rejected": learned.rejected}
    return prediction_json(learned.prediction) | more


def prediction_json(found: Prediction) -> dict[str, Any]:
    """The keys that other programs may rely on."""
    return asdict(found) | {"why": "; ".join(found.why)}


def show_prediction(found: Prediction, still_open: int | None = None) -> None:
    """Print a prediction, the verdict first."""
    emit(f"{found.verdict}: {plain('; '.join(found.why))}")
    more = "" if still_open is None else f", {still_open:,} still open"
    emit(f"{counted(found.n, 'closed row')}, {found.won:,} won{more}")
    if found.auc is not None:
        emit(
            f"AUC {found.auc:.2f} (at least {found.auc_low:.2f}), calibration error {found.ece:.4f},"
            f" the top tenth converts {found.lift10:.1f} times as often as all"
        )
        emit(f"learned from: {plain(', '.join(found.used))}")
    if found.drift:
        changed = ", ".join(f"{one.column} ({one.index:.2f})" for one in found.drift)
        emit(f"changed between the earlier and the later rows (stability index): {plain(changed)}")
    for text in (*found.warnings, *found.notes):
        emit(f"note: {plain(text)}")
    rows = [asdict(one) for one in found.ignored]
    if rows:
        table(rows, {"column": "LEFT OUT", "because": "BECAUSE"}, empty="")
