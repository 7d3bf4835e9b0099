"""`sluice user link`: a link with which a user sets a password."""

from __future__ import annotations

from typing import Annotated

import typer

from actions import logins
from actions.session import open_session
from console.cli.options import AsJson, UserName
from console.cli.output import emit, emit_json, note


def link(
    name: Annotated[str, typer.Argument(help="The user's name.", metavar="NAME")],
    at: Annotated[
        str,
        typer.Option("--at", help="Where `sluice serve` is reached.", metavar="URL"),
    ] = "http://127.0.0.1:8800",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Make a link to set a user's password.

    The link works once, within three days. A new link ends the earlier one. Setting the password
    logs the user out everywhere else. Give the link to nobody but the user.

    Example: sluice user link ann --at https://sluice.nordwind.example
    """
    with open_session(user) as session:
        made = logins.make_link(session, name)

    address = f"{at.rstrip('/')}/link/{made.token}"
    if as_json:
        emit_json({"user": made.user, "url": address, "ends_at": made.ends_at})
        return
    emit(address)
    note(f"{name} sets a password there, once, until {made.ends_at:%Y-%m-%d %H:%M} UTC")
