"""`sluice ops`: how the work stands, what went wrong, and what an operator does about it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from console.cli.options import AsJson, DryRun, Reason, UserName
from console.cli.output import counted, emit, emit_json, note
from console.workplace import workplace

if TYPE_CHECKING:
    from console.workplace import Workplace
    from leads.store import Tx
    from leads.store.ledger.given_up import TaskFilter
    from workers.status_values import Status

Client = Annotated[str | None, typer.Option("--client", help="Only this client's.", metavar="NAME")]
Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        help="Only this kind of task: dedupe, enrich, qualify, crawl or queue.",
        metavar="KIND",
    ),
]
Error = Annotated[
    str | None,
    typer.Option(
        "--error",
        help="Only this group: the first column of `sluice ops failures`.",
        metavar="GROUP",
    ),
]
Every = Annotated[bool, typer.Option("--all", help="Everything, where nothing narrower is named.")]
Queue = Annotated[
    str | None, typer.Option("--queue", help="The queue: cheap or crawl.", metavar="QUEUE")
]
Host = Annotated[
    str | None,
    typer.Option("--host", help="The machine, as `sluice ops status` names it.", metavar="HOST"),
]


def add_to(app: typer.Typer) -> None:
    """Add the group of commands."""
    ops = typer.Typer(
        no_args_is_help=True, help="How the work stands, and what an operator does about it."
    )
    app.add_typer(ops, name="ops")
    _add_views(ops)
    _add_watches(ops)
    _add_decisions(ops)
    _add_pauses(ops)


def _add_views(ops: typer.Typer) -> None:
    @ops.command("status")
    def status(as_json: AsJson = False) -> None:
        """Rows that wait or are stuck and why, prospects an hour, the oldest row, when it will be
        done; by queue, client and host.

        Example: sluice ops status
        """
        from console.operations import status_lines

        found = _status()
        if as_json:
            emit_json(asdict(found))
            return
        for line in status_lines(found):
            emit(line)

    @ops.command("failures")
    def failures(as_json: AsJson = False) -> None:
        """What went wrong with tasks that are not done, grouped by error, with one sample each;
        secrets and addresses are masked.

        Example: sluice ops failures --json
        """
        from console.operations import failure_lines
        from leads.store.ledger import failure_groups

        with workplace() as at, at.store.read() as tx:
            groups = failure_groups.groups(tx)
        if as_json:
            emit_json([asdict(one) for one in groups])
            return
        for line in failure_lines(groups):
            emit(line)
        if not groups:
            note("no failures")


def _add_watches(ops: typer.Typer) -> None:
    @ops.command("check")
    def check(
        webhook: Annotated[
            str | None,
            typer.Option(
                "--webhook",
                help="Post what is stuck to this public address, when something is.",
                metavar="URL",
            ),
        ] = None,
        as_json: AsJson = False,
    ) -> None:
        """Exit code 1 when something is stuck, so that a timer and one webhook do for monitoring;
        what somebody paused is not stuck.

        Example: sluice ops check --webhook https://hooks.example/sluice
        """
        from leads.errors import SluiceError

        found = _status()
        stuck = found.faults()
        if as_json:
            emit_json({"stuck": [asdict(one) for one in stuck]})
        if not stuck:
            note("nothing is stuck")
            return
        if webhook:
            from workers.webhook import post

            text = "; ".join(f"{one.rows:,} {one.what}: {one.why}" for one in stuck)
            post(webhook, {"text": f"Sluice: {text}", "stuck": [asdict(one) for one in stuck]})
        raise SluiceError(
            f"{counted(sum(one.rows for one in stuck), 'row is', 'rows are')} stuck:"
            f" {stuck[0].why}",
            stuck[0].do,
        )

    @ops.command("watch")
    def watch(
        every: Annotated[
            float, typer.Option("--every", help="Seconds between two looks.", min=0.2)
        ] = 2.0,
        times: Annotated[
            int, typer.Option("--times", help="End after so many looks; 0: at Ctrl-C.", min=0)
        ] = 0,
        as_json: AsJson = False,
    ) -> None:
        """Show the status again and again until Ctrl-C; with --json one document a line.

        Example: sluice ops watch --every 5
        """
        from console.watching import watch as look_on

        with workplace() as at:
            look_on(at, every, times, as_json=as_json)


def _status() -> Status:
    from workers.status import status

    with workplace() as at, at.store.read() as tx:
        return status(tx)


def _add_decisions(ops: typer.Typer) -> None:
    @ops.command("requeue")
    def requeue(
        error: Error = None,
        kind: Kind = None,
        client: Client = None,
        every: Every = False,
        dry_run: DryRun = False,
        user: UserName = None,
        as_json: AsJson = False,
    ) -> None:
        """Let tasks that were given up be tried anew.

        Example: sluice ops requeue --error 1f2e3d4c --dry-run
        """
        from leads.store.ledger import given_up

        with workplace() as at, at.store.write() as tx:
            which = _which(at, tx, error, kind, client, every=every)
            count = (
                given_up.count(tx, which) if dry_run else given_up.requeue(tx, which, at.user(user))
            )
        _tell(count, "would be tried anew" if dry_run else "will be tried anew", as_json=as_json)

    @ops.command("discard")
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
        """Give tasks up for good; the log keeps who did it and why.

        Example: sluice ops discard --error 1f2e3d4c --reason "site is gone"
        """
        from leads.store.ledger import given_up

        with workplace() as at, at.store.write() as tx:
            which = _which(at, tx, error, kind, client, every=every)
            count = (
                given_up.count(tx, which)
                if dry_run
                else given_up.discard(tx, which, at.user(user), reason)
            )
        _tell(count, "would be discarded" if dry_run else "discarded", as_json=as_json)


def _which(
    at: Workplace, tx: Tx, error: str | None, kind: str | None, client: str | None, *, every: bool
) -> TaskFilter:
    from leads.errors import UsageError
    from leads.store.ledger.given_up import TaskFilter
    from workers.pipeline import BY_NAME

    if kind and kind not in BY_NAME:
        raise UsageError(f"there is no kind of task {kind!r}", f"one of {', '.join(BY_NAME)}")
    if not (error or kind or client or every):
        raise UsageError(
            "nothing says which tasks", "name --error, --kind or --client, or say --all"
        )
    return TaskFilter(
        fingerprint=error, kind=kind, client_id=at.client(tx, client) if client else None
    )


def _tell(count: int, what: str, *, as_json: bool) -> None:
    if as_json:
        emit_json({"tasks": count})
    else:
        emit(f"{counted(count, 'task')} {what}")


def _add_pauses(ops: typer.Typer) -> None:
    @ops.command("pause")
    def pause(
        queue: Queue = None,
        client: Client = None,
        host: Host = None,
        reason: Reason = "",
        user: UserName = None,
        as_json: AsJson = False,
    ) -> None:
        """Let nothing new be begun: of a queue, of a client, on a host, or at all. What runs is
        finished.

        Example: sluice ops pause --client nordwind --reason "list is being replaced"
        """
        from leads.store.ledger import pauses

        with workplace() as at, at.store.write() as tx:
            things = _things(at, tx, queue, client, host)
            made = sum(
                pauses.set_pause(tx, thing, name, at.user(user), reason) for thing, name in things
            )
        _tell_pauses(made, "paused", "was paused already", as_json=as_json)

    @ops.command("resume")
    def resume(
        queue: Queue = None,
        client: Client = None,
        host: Host = None,
        every: Every = False,
        user: UserName = None,
        as_json: AsJson = False,
    ) -> None:
        """Lift a pause; without an option the pause of everything, with --all every pause there is.

        Example: sluice ops resume --all
        """
        from leads.store.ledger import pauses

        with workplace() as at, at.store.write() as tx:
            things = (
                [(one.thing, one.name) for one in pauses.every(tx)]
                if every
                else _things(at, tx, queue, client, host)
            )
            lifted = pauses.lift(tx, things, at.user(user))
        _tell_pauses(lifted, "resumed", "was not paused", as_json=as_json)

    @ops.command("drain")
    def drain(
        host: Host = None,
        wait: Annotated[
            float,
            typer.Option("--wait", help="Seconds to wait at most for what is in work.", min=0),
        ] = 600.0,
        reason: Reason = "drain",
        user: UserName = None,
        as_json: AsJson = False,
    ) -> None:
        """Begin nothing new, on a host or at all, and wait until what is in work is done; `sluice
        ops resume` ends it.

        Example: sluice ops drain --host worker1
        """
        from console.watching import wait_until_idle
        from leads.store.ledger import pauses

        with workplace() as at:
            with at.store.write() as tx:
                for thing, name in _things(at, tx, None, None, host):
                    pauses.set_pause(tx, thing, name, at.user(user), reason)
            left = wait_until_idle(at, host, wait)
        if as_json:
            emit_json({"drained": not left, "running": left})
        if left:
            from leads.errors import SluiceError

            raise SluiceError(
                f"{counted(left, 'task is', 'tasks are')} still in work",
                "wait longer with --wait; nothing new is begun meanwhile",
            )
        note("drained; `sluice ops resume` ends it")


def _things(
    at: Workplace, tx: Tx, queue: str | None, client: str | None, host: str | None
) -> list[tuple[str, str]]:
    from leads.errors import UsageError
    from workers.pipeline import KINDS

    queues = sorted({kind.queue for kind in KINDS})
    if queue and queue not in queues:
        raise UsageError(f"there is no queue {queue!r}", f"one of {', '.join(queues)}")
    client_id: UUID | None = at.client(tx, client) if client else None
    named = [("queue", queue), ("client", str(client_id) if client_id else None), ("host", host)]
    return [(thing, name) for thing, name in named if name] or [("everything", "")]


def _tell_pauses(count: int, done: str, else_: str, *, as_json: bool) -> None:
    if as_json:
        emit_json({done: count})
    else:
        emit(done if count else else_)
