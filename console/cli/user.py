"""`sluice user`: the people who work with Sluice."""

from __future__ import annotations

import shlex
from typing import Annotated, Any

import typer

from actions import users
from actions.session import open_session
from actions.users import ChangedUser, Left, NewRights, User
from console.cli.options import AsJson, DryRun, UserName
from console.cli.output import counted, emit, emit_json, note
from console.cli.tables import table

Name = Annotated[str, typer.Argument(help="The user's name.", metavar="NAME")]


def add(
    name: Name,
    role: Annotated[
        str, typer.Option(help="admin, manager, sdr, operator or viewer.", metavar="ROLE")
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


def change(
    name: Name,
    role: Annotated[
        str | None, typer.Option(help="admin, manager, sdr, operator or viewer.", metavar="ROLE")
    ] = None,
    client: Annotated[
        list[str] | None,
        typer.Option(
            "--client", help="The clients the user works for from now on.", metavar="NAME"
        ),
    ] = None,
    every_client: Annotated[
        bool, typer.Option("--every-client", help="The user works for every client.")
    ] = False,
    dry_run: DryRun = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Change a user's role or clients.

    What is not named stays. Prospects that the user holds for a client out of reach return to the
    queue, and call-backs promised there are anybody's at their time. The same command with the
    earlier role and clients undoes the change. The last admin stays an admin.

    Example: sluice user set ann --role manager --client nordwind
    """
    wanted = NewRights(role=role, clients=client or [], every_client=every_client)
    with open_session(user) as session:
        done = users.change_user(session, name, wanted, dry_run=dry_run)

    if as_json:
        emit_json(_changed_json(done))
        return
    after = done.after or done.before
    emit(f"{name}: {after.role}, works for {_scope(after)}")
    note(f"before: {done.before.role}, worked for {_scope(done.before)}")
    _note_left(done.left, dry_run=dry_run)


def remove(
    name: Name, dry_run: DryRun = False, user: UserName = None, as_json: AsJson = False
) -> None:
    """Remove a user.

    What the user did stays in the log. Prospects that the user holds return to the queue, and
    promised call-backs are anybody's at their time. The output says how to add the user again.
    The last admin cannot be removed.

    Example: sluice user remove ann --dry-run
    """
    with open_session(user) as session:
        done = users.remove_user(session, name, dry_run=dry_run)

    if as_json:
        emit_json(_changed_json(done))
        return
    emit(f"{'would be ' if dry_run else ''}removed: {name} ({done.before.role})")
    _note_left(done.left, dry_run=dry_run)
    again = ["sluice", "user", "add", name, "--role", done.before.role]
    again += [part for one in done.before.clients or () for part in ("--client", one)]
    note(f"to add the user again: `{shlex.join(again)}`")


def _note_left(left: Left, *, dry_run: bool) -> None:
    would = "would " if dry_run else ""
    if left.released:
        held = counted(left.released, "prospect")
        note(
            f"{held} {would}return{'s' if left.released == 1 and not dry_run else ''} to the queue"
        )
    if left.shared:
        note(f"{counted(left.shared, 'promised call-back')} {would}become anybody's at the time")
    if dry_run:
        note("nothing was written")


def _changed_json(done: ChangedUser) -> dict[str, Any]:
    return {
        "before": _json(done.before),
        "after": _json(done.after) if done.after else None,
        "released": done.left.released,
        "shared_call_backs": done.left.shared,
    }


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
