"""`sluice token`: what programs use the API with."""

from __future__ import annotations

from typing import Annotated

import typer

from actions import tokens
from actions.session import open_session
from console.cli.options import AsJson, UserName
from console.cli.output import emit, emit_json, note, plain
from console.cli.tables import table

Name = Annotated[str, typer.Argument(help="The token's name.", metavar="NAME")]


def add(
    name: Name,
    scope: Annotated[
        list[str] | None,
        typer.Option("--scope", help="What it may be used for.", metavar="SCOPE"),
    ] = None,
    owner: Annotated[
        str | None,
        typer.Option("--user", help="Whom it acts as; default: you.", metavar="NAME"),
    ] = None,
    expires: Annotated[
        str, typer.Option("--expires", help="How long it lasts, up to a year.", metavar="TIME")
    ] = "30d",
    client: Annotated[
        str | None,
        typer.Option(
            "--client", help="The only client it sees; default: the user's.", metavar="NAME"
        ),
    ] = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Add a token for the API.

    The token acts as a user: the user's role and clients count, and the token's scopes. It is shown
    this once. Repeat --scope, or write prospects:* for every scope of that kind.

    SCOPE is one of clients:read, clients:write, lists:read, lists:write, companies:read,
    companies:write, prospects:read, prospects:work, suppressions:read, suppressions:write,
    contacts:read, contacts:write, signals:read, signals:write, leads:read, leads:write,
    profiles:read, profiles:write, exports:create, outcomes:write, reports:read, enrich:read,
    enrich:write, ops:read, ops:write and events:read.

    Example: sluice token add crm --user ann --scope prospects:* --expires 90d
    """
    with open_session(user) as session:
        made = tokens.add_token(
            session, name, user=owner, scopes=scope or (), expires=expires, client=client
        )
    if as_json:
        emit_json(
            {
                "name": made.name,
                "token": made.token,
                "user": made.user,
                "client": made.client,
                "scopes": made.scopes,
                "ends_at": made.ends_at,
            }
        )
        return
    emit(made.token)
    note(f"it acts as {made.user} until {made.ends_at:%Y-%m-%d %H:%M} UTC, and is not shown again")


def list_all(user: UserName = None, as_json: AsJson = False) -> None:
    """List the tokens for the API.

    You see your own tokens, and all of them as an admin of every client.

    Example: sluice token list
    """
    with open_session(user) as session:
        found = tokens.list_tokens(session)
    rows = [
        {
            "name": one.name,
            "user": one.user,
            "client": one.client,
            "scopes": one.scopes.split(),
            "ends_at": one.ends_at,
            "used_at": one.used_at,
            "made_by": one.made_by,
        }
        for one in found
    ]
    if as_json:
        emit_json(rows)
        return
    columns = {
        "name": "TOKEN",
        "user": "USER",
        "client": "CLIENT",
        "scopes": "SCOPES",
        "ends_at": "EXPIRES",
        "used_at": "USED",
    }
    table(rows, columns, empty="there are no tokens")


def revoke(name: Name, user: UserName = None, as_json: AsJson = False) -> None:
    """Revoke a token for the API.

    It is refused from now on. A revoked token cannot be brought back: add a new one.

    Example: sluice token revoke crm
    """
    with open_session(user) as session:
        found = tokens.revoke_token(session, name)
    if as_json:
        emit_json({"revoked": found.name, "user": found.user})
    else:
        emit(f"{plain(found.name)} is revoked")
