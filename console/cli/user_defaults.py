"""`sluice user defaults`: the usual queue and time zone of a user."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from actions import own_defaults
from actions.own_defaults import NewDefaults
from actions.session import open_session
from console.cli.moments import user_zone
from console.cli.options import AsJson, UserName
from console.cli.output import emit, emit_json, plain
from leads.errors import UsageError


def defaults(
    client: Annotated[
        str | None, typer.Option("--client", help="The client you work for.", metavar="NAME")
    ] = None,
    campaign: Annotated[
        str | None, typer.Option("--campaign", help="Its campaign.", metavar="NAME")
    ] = None,
    zone: Annotated[
        str | None,
        typer.Option("--tz", help="Your time zone, such as Europe/Berlin.", metavar="ZONE"),
    ] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Use the settings again.")] = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Show or set your usual queue and time zone.

    `work` and `queue` mean this client and campaign when you name none, and times that you type are
    of this zone. They count before config.toml; options and SLUICE_ variables count before them.

    Example: sluice user defaults --client nordwind --tz Europe/Berlin --as ann
    """
    wanted = NewDefaults(
        client=client, campaign=campaign, time_zone=user_zone(zone).name if zone else None
    )
    changes = wanted != NewDefaults()
    if clear and changes:
        raise UsageError("--clear cannot be used with other options", "leave one out")
    with open_session(user) as session:
        if clear:
            own_defaults.clear_defaults(session)
        if changes:
            found = own_defaults.change_defaults(session, wanted)
        else:
            found = own_defaults.show_defaults(session)

    if as_json:
        emit_json(asdict(found))
        return
    for name, value in asdict(found).items():
        emit(f"{name.replace('_', ' ')}: {plain(value) if value else 'as the settings say'}")
