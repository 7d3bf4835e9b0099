"""`sluice scoring new`: write a scoring file to start from."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer

from actions.new_scoring import WantedScoring, write_scoring
from console.cli.options import AsJson
from console.cli.output import emit, emit_json, note


def new(
    name: Annotated[str, typer.Argument(help="The file's name, such as spring.", metavar="NAME")],
    out: Annotated[
        str | None,
        typer.Option(
            "--out", "-o", help="The file; - for stdout; default: NAME.yaml.", metavar="FILE"
        ),
    ] = None,
    model: Annotated[
        str,
        typer.Option(
            "--model", help="activity_and_suitability or purchase_intent.", metavar="MODEL"
        ),
    ] = "activity_and_suitability",
    half_life: Annotated[
        str,
        typer.Option("--half-life", help="Points fade to half in this time.", metavar="TIME"),
    ] = "14 days",
    warm: Annotated[
        str, typer.Option("--warm", help="Warm from this sum of points.", metavar="POINTS")
    ] = "25",
    hot: Annotated[
        str, typer.Option("--hot", help="Hot from this sum of points.", metavar="POINTS")
    ] = "60",
    as_json: AsJson = False,
) -> None:
    """Write a scoring file to start from.

    Its comments lead through five steps: segments, criteria, thresholds, tool, measuring. An
    existing file is never replaced.

    Example: sluice scoring new spring --half-life "30 days" --hot 50
    """
    wanted = WantedScoring(name=name, out=out, model=model, half_life=half_life, warm=warm, hot=hot)
    text, file = write_scoring(wanted)
    if file is None:
        emit(text.rstrip())
        return
    if as_json:
        emit_json({"scoring": name, "file": file})
        return
    emit(f"wrote {file}")
    quoted = shlex.quote(file)
    note(f"next: `sluice scoring check {quoted}`, then `sluice scoring use {quoted} --dry-run`")
