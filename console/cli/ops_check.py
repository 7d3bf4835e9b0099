"""`sluice ops check`: whether background work is stuck."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from actions import operations
from actions.session import open_session
from actions.stuck_posts import post_stuck
from console.cli.options import AsJson, UserName
from console.cli.output import counted, emit_json, note
from leads.errors import SluiceError


def check(
    webhook: Annotated[
        str | None,
        typer.Option("--webhook", help="Post what is stuck to this public URL.", metavar="URL"),
    ] = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Check whether anything is stuck.

    What a person paused is not stuck. Run this from a timer. The webhook receives JSON by POST;
    private addresses and ports other than 80 and 443 are refused. Exit code 1: something is stuck.

    Example: sluice ops check --webhook https://hooks.example/sluice
    """
    with open_session(user) as session:
        stuck = operations.status(session).faults()

    if as_json:
        emit_json({"stuck": [asdict(one) for one in stuck]})
    if not stuck:
        note("nothing is stuck")
        return
    if webhook:
        post_stuck(webhook, stuck)
    rows = counted(sum(one.rows for one in stuck), "row is", "rows are")
    raise SluiceError(f"{rows} stuck: {stuck[0].why}", stuck[0].do)
