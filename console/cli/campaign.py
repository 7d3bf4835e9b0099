"""`sluice campaign`: a client's outreach with one profile in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated

import typer

from actions import clients
from actions.session import open_session
from console.cli.client import CAMPAIGN_COLUMNS
from console.cli.options import AsJson, ClientName, UserName
from console.cli.output import emit, emit_json
from console.cli.tables import table

Name = Annotated[str, typer.Argument(help="The campaign's name.", metavar="NAME")]


def add(
    name: Name, client: ClientName = "default", user: UserName = None, as_json: AsJson = False
) -> None:
    """Add a campaign.

    Put its profile in force with `sluice icp use`.

    Example: sluice campaign add spring --client nordwind
    """
    with open_session(user) as session:
        made = clients.add_campaign(session, client, name)

    emit_json({"id": made.id, "name": made.name}) if as_json else emit(made.name)


def list_all(
    client: ClientName = "default", user: UserName = None, as_json: AsJson = False
) -> None:
    """List a client's campaigns.

    Example: sluice campaign list --client nordwind
    """
    with open_session(user) as session:
        found = clients.list_campaigns(session, client)

    rows = [asdict(one) for one in found]
    if as_json:
        emit_json(rows)
        return
    table(rows, CAMPAIGN_COLUMNS, empty="no campaign yet: `sluice icp use FILE` makes one")


def show(
    name: Name, client: ClientName = "default", user: UserName = None, as_json: AsJson = False
) -> None:
    """Show a campaign's profile, stages and queue.

    Example: sluice campaign show spring
    """
    with open_session(user) as session:
        found = clients.show_campaign(session, client, name)

    profile = found.profile
    if as_json:
        emit_json(
            {
                "name": found.name,
                "icp": asdict(profile) if profile else None,
                "by_fit": found.by_fit,
                "queue": found.queue,
                "daily_caps": asdict(found.caps),
                "script": found.script,
                "call_hours": found.call_hours,
            }
        )
        return
    emit(
        f"{found.name}: {profile.name} version {profile.version}"
        if profile
        else f"{found.name}: no profile in force"
    )
    _print_counts("by fit alone, whatever may be contacted", found.by_fit)
    _print_counts("in the queue", found.queue)
    emit(f"daily caps: {found.caps}")
    emit(f"call hours: {found.call_hours}{' (the usual ones)' if found.usual_hours else ''}")


def change(
    name: Name,
    client: ClientName = "default",
    everybody: Annotated[
        int | None,
        typer.Option(
            "--daily-cap", help="Prospects a day, of all users; 0: no cap.", metavar="N", min=0
        ),
    ] = None,
    each: Annotated[
        int | None,
        typer.Option(
            "--user-daily-cap", help="Prospects a day, of each user; 0: no cap.", metavar="N", min=0
        ),
    ] = None,
    script: Annotated[
        str | None,
        typer.Option("--script", help="The text to say; an empty file: none.", metavar="FILE"),
    ] = None,
    call_hours: Annotated[
        str | None,
        typer.Option(
            "--call-hours", help="When prospects are called; usual: the settings.", metavar="HOURS"
        ),
    ] = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Set a campaign's call hours, caps and script.

    HOURS are on the clocks of each prospect, such as "mon-fri 9-12, 13-17; sat 10-12". Hours
    without days are those of workdays: all but the weekend of the country. "fri closed" closes a
    day, "any time" never closes, "usual" means the setting call_hours. Public holidays are closed.

    A prospect counts while it is held, and on the day of its result. A promised call-back that is
    due is handed out beyond the cap.

    The script is on every card. These words in braces are filled in: name, city, country, domain,
    phone, email, employees, turnover, industry, founded, technology, user.

    Example: sluice campaign set spring --user-daily-cap 60 --call-hours "workdays 10-16"
    """
    with open_session(user) as session:
        done = clients.change_campaign(session, client, name, everybody, each, script, call_hours)

    if as_json:
        emit_json(asdict(done.caps) | {"call_hours": done.call_hours})
        return
    emit(f"{name}: daily caps: {done.caps}")
    if call_hours is not None:
        emit(f"{name}: call hours: {done.call_hours or 'the usual ones'}")


def _print_counts(heading: str, counts: Mapping[str, int]) -> None:
    emit(f"{heading}:")
    for name, count in counts.items():
        emit(f"  {name}: {count:,}")
