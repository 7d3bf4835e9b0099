"""`sluice ops requeue`, `discard`, `pause`, `resume` and `drain`: what an operator decides."""

from __future__ import annotations

from typing import Annotated

import typer

from actions import operations, pauses
from actions.operations import WhichTasks
from actions.pauses import WhatToPause
from actions.session import open_session
from console.cli.options import AsJson, DryRun, Reason, UserName
from console.cli.output import counted, emit, emit_json, note
from console.cli.progress import Progress
from leads.errors import SluiceError

Client = Annotated[
    str | None, typer.Option("--client", help="Only this client's tasks.", metavar="NAME")
]
Kind = Annotated[
    str | None,
    typer.Option("--kind", help="Only dedupe, enrich, qualify, crawl or queue.", metavar="KIND"),
]
Error = Annotated[
    str | None,
    typer.Option("--error", help="Only this group of `sluice ops failures`.", metavar="GROUP"),
]
Every = Annotated[bool, typer.Option("--all", help="Every task that waits for a decision.")]
EveryPause = Annotated[bool, typer.Option("--all", help="End every pause.")]
Queue = Annotated[
    str | None,
    typer.Option("--queue", help="The task queue: cheap, crawl or ask.", metavar="QUEUE"),
]
Host = Annotated[
    str | None,
    typer.Option("--host", help="A worker machine that `sluice ops status` shows.", metavar="HOST"),
]
Wait = Annotated[
    float, typer.Option("--wait", help="The longest time to wait.", min=0, metavar="SECONDS")
]


def requeue(
    error: Error = None,
    kind: Kind = None,
    client: Client = None,
    every: Every = False,
    dry_run: DryRun = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Retry dead and quarantined tasks.

    A task is dead after too many errors, and quarantined after four of its workers died. Name the
    tasks with --error, --kind or --client, or all of them with --all.

    Example: sluice ops requeue --error 1f2e3d4c --dry-run
    """
    which = WhichTasks(error=error, kind=kind, client=client, every=every)
    with open_session(user) as session:
        count = operations.requeue(session, which, dry_run=dry_run)

    _report_tasks(count, "would be retried" if dry_run else "will be retried", as_json=as_json)


def discard(
    reason: Reason = "",
    error: Error = None,
    kind: Kind = None,
    client: Client = None,
    every: Every = False,
    dry_run: DryRun = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Discard dead and quarantined tasks for good.

    Name the tasks with --error, --kind or --client, or all of them with --all. The log keeps who
    did it and why.

    Example: sluice ops discard --error 1f2e3d4c --reason "site is gone"
    """
    which = WhichTasks(error=error, kind=kind, client=client, every=every)
    with open_session(user) as session:
        count = operations.discard(session, which, reason, dry_run=dry_run)

    _report_tasks(count, "would be discarded" if dry_run else "discarded", as_json=as_json)


def pause(
    queue: Queue = None,
    client: Client = None,
    host: Host = None,
    reason: Reason = "",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Start no new tasks; running ones are finished.

    Pauses a task queue, a client, a worker machine, or several of these; without options it pauses
    everything. `sluice ops resume` ends the pause.

    Example: sluice ops pause --client nordwind --reason "list is being replaced"
    """
    with open_session(user) as session:
        made = pauses.pause(session, WhatToPause(queue=queue, client=client, host=host), reason)

    _report_pauses(made, "paused", "was paused already", as_json=as_json)


def resume(
    queue: Queue = None,
    client: Client = None,
    host: Host = None,
    every: EveryPause = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """End a pause.

    Without options it ends the pause of everything; --all ends every pause.

    Example: sluice ops resume --all
    """
    what = WhatToPause(queue=queue, client=client, host=host)
    with open_session(user) as session:
        ended = pauses.resume(session, what, every=every)

    _report_pauses(ended, "resumed", "was not paused", as_json=as_json)


def drain(
    host: Host = None,
    wait: Wait = 600.0,
    reason: Reason = "drain",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Pause, and wait until no task is running.

    With --host it drains one worker machine, without it every machine. `sluice ops resume` with
    the same --host ends the pause. Exit code 1: tasks still run when the time is up.

    Example: sluice ops drain --host worker1
    """
    progress = Progress()
    try:
        with open_session(user, progress) as session:
            left = pauses.drain(session, host, wait, reason)
    finally:
        progress.end()

    if as_json:
        emit_json({"drained": not left, "running": left})
    if left:
        raise SluiceError(
            f"{counted(left, 'task is', 'tasks are')} still running",
            "wait longer with --wait; no new tasks start meanwhile",
        )
    note("drained; `sluice ops resume` ends it")


def _report_tasks(count: int, what: str, *, as_json: bool) -> None:
    if as_json:
        emit_json({"tasks": count})
    else:
        emit(f"{counted(count, 'task')} {what}")


def _report_pauses(count: int, done: str, otherwise: str, *, as_json: bool) -> None:
    if as_json:
        emit_json({done: count})
    else:
        emit(done if count else otherwise)
