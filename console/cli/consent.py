"""`sluice contact consent` and `consents`: who agreed to be contacted, and who no longer does."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from actions import consents
from actions.consents import ConsentReport, Given
from actions.session import open_session
from console.cli.moments import day_start
from console.cli.options import AsJson, ClientName, DryRun, UserName
from console.cli.output import counted, emit, emit_json
from console.cli.tables import table
from console.cli.work import report_work
from leads.errors import UsageError


def consent(
    whom: Annotated[
        str, typer.Argument(help="An e-mail address or a phone number.", metavar="WHOM")
    ],
    words: Annotated[
        str, typer.Option("--words", help="What was agreed to, word for word.", metavar="TEXT")
    ] = "",
    source: Annotated[
        str, typer.Option("--source", help="How it was given: a form, a call.", metavar="TEXT")
    ] = "",
    who: Annotated[str, typer.Option("--who", help="Who agreed.", metavar="NAME")] = "",
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="The consent was withdrawn.")
    ] = False,
    day: Annotated[
        str | None, typer.Option("--on", help="The day or time of it; default: now.", metavar="DAY")
    ] = None,
    client: ClientName = "default",
    dry_run: DryRun = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Record a consent to be contacted, or its withdrawal.

    A consent opens e-mail to that address, or calls to that number, for this client, whatever the
    channel policy says; suppressions and objections of registers still count. A withdrawn consent
    denies the address or number, also where the policy would allow it. Both stay in the list as
    proof.

    Example: sluice contact consent info@acme.example --words "send me offers" --source "web form"
    """
    at = day_start(day) if day else None
    if withdraw and (words or source or who):
        raise UsageError("--withdraw takes only --on", "leave --words, --source and --who out")
    with open_session(user) as session:
        if withdraw:
            done = consents.withdraw(session, client, whom, at, dry_run=dry_run)
        else:
            given = Given(whom=whom, words=words, source=source, who=who, at=at)
            done = consents.give(session, client, given, dry_run=dry_run)

    if as_json:
        document = {"point": done.point, "channel": done.channel, "companies": done.companies}
        emit_json({"withdrawn" if withdraw else "recorded": not dry_run} | document)
    else:
        emit(_line(done, withdraw=withdraw, dry_run=dry_run))
    report_work(done.work)


def list_all(
    client: ClientName = "default", user: UserName = None, as_json: AsJson = False
) -> None:
    """List the consents of a client, newest first.

    Example: sluice contact consents --client nordwind
    """
    with open_session(user) as session:
        found = [asdict(one) for one in consents.list_consents(session, client)]

    if as_json:
        emit_json(found)
        return
    columns = {
        "point": "WHOM",
        "channel": "CHANNEL",
        "who": "WHO",
        "given_at": "GIVEN",
        "withdrawn_at": "WITHDRAWN",
        "words": "WORDS",
        "source": "SOURCE",
        "by": "BY",
    }
    table(found, columns, empty="no consents")


def _line(done: ConsentReport, *, withdraw: bool, dry_run: bool) -> str:
    what = "consent withdrawn" if withdraw else "consent recorded"
    if dry_run:
        what = f"would be {what.rpartition(' ')[2]}: consent"
    effect = "must not be used" if withdraw else "may be used"
    companies = counted(done.companies, "company", "companies")
    return f"{what}: {done.channel} {done.point} {effect}; {companies} with it"
