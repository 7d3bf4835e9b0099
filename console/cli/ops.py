"""`sluice ops`: how the background work is doing."""

from __future__ import annotations

from dataclasses import asdict

from actions import operations
from actions.session import open_session
from console.cli.ops_lines import failure_lines, status_lines
from console.cli.options import AsJson, UserName
from console.cli.output import emit, emit_json, note


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
