"""`sluice user`: the people who work with Sluice."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from actions import users
from actions.session import open_session
from actions.users import User
from console.cli.options import AsJson, UserName
from console.cli.output import emit, emit_json, note
from console.cli.tables import table

Name = Annotated[str, typer.Argument(help="The user's name.", metavar="NAME")]


def add(
    name: Name,
    role: Annotated[
        str, typer.Option(help="admin, manager, sdr or operator.", metavar="ROLE")
    ] = "sdr",
    client: Annotated[
        list[str] | None,
        typer.Option(
            "--client", help="A client the user works for; default: every one.", metavar="NAME"
        ),
    ] = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Add a user.

    Repeat --client for a user who works for several clients. The user neither sees nor changes
    the data of other clients. As soon as an admin is added, only users that were added may act.

    Example: sluice user add ann --role sdr --client nordwind
    """
    with open_session(user) as session:
        made = users.add_user(session, name, role, client or [])

    if as_json:
        emit_json({"id": made.id, "name": made.name, "role": made.role, "clients": made.clients})
    else:
        emit(made.name)


def list_all(user: UserName = None, as_json: AsJson = False) -> None:
    """List the users.

    Example: sluice user list
    """
    with open_session(user) as session:
        found = users.list_users(session)

    if as_json:
        emit_json([_json(one) for one in found])
        return
    table(
        [{"name": one.name, "role": one.role, "clients": _scope(one)} for one in found],
        {"name": "USER", "role": "ROLE", "clients": "CLIENTS"},
        empty="no users yet: everyone may act, under any name given with --as",
    )


def show(name: Name, user: UserName = None, as_json: AsJson = False) -> None:
    """Show a user.

    Example: sluice user show ann
    """
    with open_session(user) as session:
        found = users.show_user(session, name)

    if as_json:
        emit_json(_json(found))
        return
    note(f"since {found.created_at:%Y-%m-%d}")
    emit(f"{found.name} ({found.role}), works for {_scope(found)}")


def _scope(user: User) -> str:
    return "every client" if user.clients is None else ", ".join(user.clients)


def _json(user: User) -> dict[str, Any]:
    return {
        "id": user.id,
        "name": user.name,
        "role": user.role,
        "created_at": user.created_at,
        "clients": user.clients,
    }
