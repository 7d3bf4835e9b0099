"""`sluice contact`: roles and persons at companies, and who must be told about it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from actions import contacts
from actions.contacts import Listed
from actions.session import open_session
from console.cli.options import AsJson, ClientName, DryRun, UserName
from console.cli.output import counted, emit, emit_json
from console.cli.tables import table
from leads.errors import UsageError


def list_all(
    overdue: Annotated[
        bool, typer.Option("--overdue", help="Only those whose notice is overdue.")
    ] = False,
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """List a client's contacts, the most urgent notice first.

    Who did not give you their data must be told where you have it from: at the first contact, and
    within a month at the latest. Contacts whose notice is overdue are left out of cards. There are
    none until `sluice client set NAME --contacts roles|persons`.

    Example: sluice contact list --overdue
    """
    with open_session(user) as session:
        found = contacts.list_contacts(session, client, overdue=overdue)

    rows = [_row(one) for one in found]
    if as_json:
        emit_json(rows)
        return
    columns = {
        "name": "NAME",
        "role": "ROLE",
        "email": "EMAIL",
        "phone": "PHONE",
        "company": "COMPANY",
        "source": "SOURCE",
        "notice_due_at": "TELL BY",
        "noticed_at": "TOLD",
        "id": "ID",
    }
    table(rows, columns, empty="no contacts")


def notice(
    whom: Annotated[
        list[str], typer.Argument(help="Ids or e-mail addresses.", metavar="CONTACT...")
    ],
    day: Annotated[
        str | None, typer.Option("--on", help="The day it was sent; default: today.", metavar="DAY")
    ] = None,
    client: ClientName = "default",
    dry_run: DryRun = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Record that contacts were told where their data comes from.

    They are back on the cards. `sluice source-of` writes the text.

    Example: sluice contact notice kim.doe@acme.example --on 2026-11-20
    """
    on = _moment(day) if day else None
    with open_session(user) as session:
        sent = contacts.note_sent(session, client, whom, on, dry_run=dry_run)

    if as_json:
        emit_json({"told": sent})
    else:
        emit(f"{counted(sent, 'contact')} {'would be' if dry_run else ''} told".replace("  ", " "))


def _moment(day: str) -> datetime:
    try:
        return datetime.fromisoformat(day).replace(tzinfo=UTC)
    except ValueError:
        raise UsageError(f"{day!r} is not a day", "write it as 2026-11-20") from None


def _row(one: Listed) -> dict[str, Any]:
    row = asdict(one.row)
    del row["file_name"], row["line"], row["vendor"]
    return row | {"overdue": one.overdue}
