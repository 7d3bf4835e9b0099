"""`sluice ops`: how the background work is doing."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from actions import operations
from actions.session import open_session
from console.cli.ops_lines import failure_lines, status_lines
from console.cli.options import AsJson, UserName
from console.cli.output import counted, emit, emit_json, note
from leads.errors import SluiceError


def status(user: UserName = None, as_json: AsJson = False) -> None:
    """Show what waits, runs and is stuck, and why.

    Counts the tasks by task queue, kind, client and worker machine. Shows the new prospects of the
    last hour, the age of the oldest task, and when all will be done.

    Example: sluice ops status
    """
    with open_session(user) as session:
        found = operations.status(session)

    if as_json:
        emit_json(asdict(found))
        return
    for line in status_lines(found):
        emit(line)


def failures(user: UserName = None, as_json: AsJson = False) -> None:
    """List the errors of tasks that are not done.

    Errors are grouped, with one sample each. The id of a group is what `sluice ops requeue --error`
    takes. Secrets and addresses are masked.

    Example: sluice ops failures --json
    """
    with open_session(user) as session:
        groups = operations.failures(session)

    if as_json:
        emit_json([asdict(one) for one in groups])
        return
    for line in failure_lines(groups):
        emit(line)
    if not groups:
        note("no failures")


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
        operations.post_stuck(webhook, stuck)
    rows = counted(sum(one.rows for one in stuck), "row is", "rows are")
    raise SluiceError(f"{rows} stuck: {stuck[0].why}", stuck[0].do)
