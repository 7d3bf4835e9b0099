"""`sluice contact`: roles and persons at companies, and who must be told about it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from actions import contacts, notices
from actions.contacts import Listed
from actions.session import open_session
from console.cli.options import AsJson, ClientName, DryRun, UserName
from console.cli.output import counted, emit, emit_json, note, plain
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
        list[str], typer.Argument(help="Ids, e-mail addresses or full names.", metavar="CONTACT...")
    ],
    day: Annotated[
        str | None, typer.Option("--on", help="The day it was sent; default: now.", metavar="DAY")
    ] = None,
    client: ClientName = "default",
    dry_run: DryRun = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Write notices to contacts and record that they were sent.

    The text says what art. 14 of the GDPR asks for: who holds which data, from where, why, and
    which rights the person has. Send it with the first message, or within a month. --dry-run prints
    it and records nothing; --on records a notice that was sent earlier, without the text. Contacts
    who were told are back on the cards.

    Example: sluice contact notice kim.doe@acme.example
    """
    on = _moment(day) if day else None
    with open_session(user) as session:
        done = notices.send_notices(session, client, whom, on, dry_run=dry_run)

    texts = () if on else done.notices
    if as_json:
        emit_json({"told": done.told, "notices": [asdict(one) for one in texts]})
        return
    for one in texts:
        for line in [*one.text.splitlines(), ""]:
            emit(plain(line))
    note(f"{counted(done.told, 'contact')} {'would be told' if dry_run else 'told'}")
    if texts and not done.names_controller:
        set_it = f'`sluice client set {client} --controller "NAME, ADDRESS, E-MAIL"`'
        note(f"the text must say who answers for the data, with address: {set_it}")


def _moment(day: str) -> datetime:
    try:
        return datetime.fromisoformat(day).replace(tzinfo=UTC)
    except ValueError:
        raise UsageError(f"{day!r} is not a day", "write it as 2026-11-20") from None


def _row(one: Listed) -> dict[str, Any]:
    row = asdict(one.row)
    del row["file_name"], row["line"], row["vendor"]
    return row | {"overdue": one.overdue}
