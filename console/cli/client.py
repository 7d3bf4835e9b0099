"""`sluice client`: whom the agency works for."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from actions import clients
from actions.session import open_session
from console.cli.options import AsJson, UserName
from console.cli.output import emit, emit_json, note, plain
from console.cli.tables import table

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
        {"name": "CLIENT", "country": "COUNTRY", "created_at": "SINCE"},
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
    if found.country:
        note(f"default country: {found.country}")
    note(f"contacts that are kept: {found.contacts}")
    if found.controller:
        note(f"controller: {plain(found.controller)}")
    table(
        made["lists"],
        {"name": "LIST", "role": "ROLE", "records": "RECORDS", "companies": "COMPANIES"},
        empty="no lists yet",
    )
    table(made["campaigns"], CAMPAIGN_COLUMNS, empty="no campaigns yet")
