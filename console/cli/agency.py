"""`sluice agency`: what counts for all clients."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from actions import agency
from actions.agency import BetweenClients
from actions.session import open_session
from console.cli.options import AsJson, DryRun, UserName
from console.cli.output import counted, emit, emit_json
from console.cli.work import report_work
from leads.errors import UsageError


def show(user: UserName = None, as_json: AsJson = False) -> None:
    """Show what counts for all clients.

    Example: sluice agency show
    """
    with open_session(user) as session:
        found = agency.show(session)

    emit_json(_json(found)) if as_json else emit(_line(found))


def change(
    days: Annotated[
        int | None,
        typer.Option(
            "--days-between-clients", help="Days; 0: no limit.", metavar="N", min=0, max=365
        ),
    ] = None,
    groups: Annotated[
        bool | None,
        typer.Option("--groups/--no-groups", help="Hold companies of the same group too."),
    ] = None,
    dry_run: DryRun = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Set how long a worked company is held.

    A company that was worked for one client is held for all others for so many days. A prospect
    that somebody holds for one client is handed out for no other one. Nobody sees for which client
    it was worked. A promised call-back is kept all the same.

    Example: sluice agency set --days-between-clients 30
    """
    if days is None and groups is None:
        raise UsageError("nothing to set", "add --days-between-clients or --groups")
    with open_session(user) as session:
        done = agency.set_between_clients(session, days=days, groups=groups, dry_run=dry_run)

    if as_json:
        emit_json(_json(done.after) | {"before": _json(done.before)})
    else:
        emit(_line(done.after))
    report_work(done.work)


def _json(found: BetweenClients) -> dict[str, int | bool]:
    given = asdict(found)
    return {"days_between_clients": given["days"], "groups": given["groups"]}


def _line(found: BetweenClients) -> str:
    if not found.days:
        return "between clients: no days"
    group = ", and so are companies of its group" if found.groups else ""
    return f"between clients: a worked company is held for {counted(found.days, 'day')}{group}"
