"""`sluice client`: whom the agency works for."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from actions import clients, strictness
from actions.session import open_session
from console.cli.options import AsJson, DryRun, UserName
from console.cli.output import counted, emit, emit_json
from console.cli.progress import Progress
from console.cli.tables import table
from console.cli.work import report_work

Name = Annotated[str, typer.Argument(help="The client's name.", metavar="NAME")]

CAMPAIGN_COLUMNS = {"name": "CAMPAIGN", "created_at": "SINCE"}


def add(name: Name, user: UserName = None, as_json: AsJson = False) -> None:
    """Add a client.

    Example: sluice client add nordwind
    """
    with open_session(user) as session:
        made = clients.add_client(session, name)

    emit_json({"id": made.id, "name": made.name}) if as_json else emit(made.name)


def list_all(user: UserName = None, as_json: AsJson = False) -> None:
    """List the clients.

    Only those that you work for are listed.

    Example: sluice client list --json
    """
    with open_session(user) as session:
        found = clients.list_clients(session)

    rows = [asdict(one) for one in found]
    if as_json:
        emit_json(rows)
        return
    table(
        rows,
        {"name": "CLIENT", "created_at": "SINCE"},
        empty="no client yet: `sluice run` makes one called default",
    )


def show(name: Name, user: UserName = None, as_json: AsJson = False) -> None:
    """Show a client with its lists and campaigns.

    Example: sluice client show nordwind
    """
    with open_session(user) as session:
        found = clients.show_client(session, name)

    made = asdict(found)
    if as_json:
        emit_json(made)
        return
    emit(f"strictness: {found.strictness}")
    table(
        made["lists"],
        {"name": "LIST", "role": "ROLE", "records": "RECORDS", "companies": "COMPANIES"},
        empty="no lists yet",
    )
    table(made["campaigns"], CAMPAIGN_COLUMNS, empty="no campaigns yet")


def set_strictness(
    name: Name,
    level: Annotated[
        str,
        typer.Option(
            "--strictness",
            help="How sure a merge must be: careful, balanced or greedy.",
            metavar="LEVEL",
        ),
    ],
    dry_run: DryRun = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Set how sure a merge must be.

    All records of the client are compared again: companies are merged or split, and their ids stay
    where possible. People's decisions stay. Set the level before to undo it. --dry-run counts the
    companies that would change.

    Example: sluice client set nordwind --strictness careful --dry-run
    """
    with Progress() as progress, open_session(user, progress) as session:
        done = strictness.set_strictness(session, name, level, dry_run=dry_run)

    if as_json:
        effect = asdict(done.effect) if done.effect else None
        emit_json({"before": done.before, "strictness": done.after, "would_change": effect})
    elif done.effect:
        merged = counted(done.effect.merged, "company", "companies")
        emit(f"{done.after} would merge {merged} into others and split {done.effect.split:,}")
    else:
        emit(f"strictness: {done.after}, before {done.before}")
    report_work(done.work)
