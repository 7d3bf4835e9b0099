"""`sluice user`: where users are logged in, and their second factors."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from actions import factor_rules, web_sessions
from actions.session import open_session
from console.cli.options import AsJson, UserName
from console.cli.output import counted, emit, emit_json, note
from console.cli.tables import table
from leads.errors import UsageError

Name = Annotated[str, typer.Argument(help="The user's name.", metavar="NAME")]


def sessions(name: Name, user: UserName = None, as_json: AsJson = False) -> None:
    """List the browsers a user is logged in with.

    Users see their own sessions, admins those of others. Of the address only the network is kept.

    Example: sluice user sessions ann
    """
    with open_session(user) as session:
        found = web_sessions.list_sessions(session, name)

    shown = [
        {key: value for key, value in asdict(one).items() if key != "is_this"} for one in found
    ]
    if as_json:
        emit_json(shown)
        return
    for one in shown:
        for key in ("began_at", "seen_at", "ends_at"):
            one[key] = f"{one[key]:%Y-%m-%d %H:%M}"
    columns = {
        "id": "SESSION",
        "device": "BROWSER",
        "network": "NETWORK",
        "how": "BY",
        "began_at": "LOGGED IN",
        "seen_at": "LAST USED",
        "ends_at": "ENDS UNUSED",
    }
    table(shown, columns, empty=f"{name} is logged in nowhere")


def log_out(
    name: Name,
    session_id: Annotated[
        str | None,
        typer.Option("--session", help="One of `user sessions`; default: all.", metavar="ID"),
    ] = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Log a user out of the pages.

    Users end their own sessions, admins those of others. Tokens of the API stay: `token revoke`.

    Example: sluice user log-out ann
    """
    with open_session(user) as session:
        ended = web_sessions.end_sessions(session, name, session_id)

    if as_json:
        emit_json({"user": name, "ended": ended})
    else:
        emit(f"{name}: {counted(ended, 'session')} ended")


def second_factor(
    role: Annotated[
        list[str] | None,
        typer.Option("--require", help="A role that needs one; repeat it.", metavar="ROLE"),
    ] = None,
    no_role: Annotated[bool, typer.Option("--require-none", help="No role needs one.")] = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Show or set who needs a second factor.

    The roles named with --require are the only ones that need one. Users of these roles who have
    none are logged out, and set one up when they log in again.

    Example: sluice user second-factor --require admin --require manager
    """
    if role and no_role:
        raise UsageError("--require and --require-none exclude each other", "leave one of them out")
    with open_session(user) as session:
        out = factor_rules.require(session, role or []) if role or no_role else 0
        required, found = factor_rules.required_roles(session), factor_rules.list_factors(session)

    if as_json:
        emit_json({"required": sorted(required), "users": [asdict(one) for one in found]})
        return
    note(f"roles that need one: {', '.join(sorted(required)) or 'none'}")
    if out:
        note(f"{counted(out, 'user')} logged out, to set one up")
    rows = [{"user": one.user, "role": one.role, "state": _state(one)} for one in found]
    table(rows, {"user": "USER", "role": "ROLE", "state": "SECOND FACTOR"}, empty="no users yet")


def reset_factor(name: Name, user: UserName = None, as_json: AsJson = False) -> None:
    """Remove a user's second factor.

    For a user who has lost the phone and the recovery codes. The user is logged out everywhere.
    Be sure who asks you: afterwards the password alone is enough, unless the role needs a second
    factor.

    Example: sluice user reset-factor ann
    """
    with open_session(user) as session:
        factor_rules.reset(session, name)

    if as_json:
        emit_json({"user": name, "has_factor": False})
    else:
        emit(f"{name} has no second factor any more")


def _state(one: factor_rules.UserFactor) -> str:
    if one.has_factor:
        return "on"
    return "needed, not set up" if one.is_required else "off"
