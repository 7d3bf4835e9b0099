"""`sluice user sso`: who logs in by single sign-on."""

from __future__ import annotations

from typing import Annotated

import typer

from actions import sso as actions_sso
from actions.session import open_session
from console.cli.options import AsJson, UserName
from console.cli.output import emit, emit_json
from leads.errors import UsageError


def sso(
    name: Annotated[str, typer.Argument(help="The user's name.", metavar="NAME")],
    email: Annotated[
        str | None,
        typer.Option("--email", help="The address that the provider verified.", metavar="ADDRESS"),
    ] = None,
    subject: Annotated[
        str | None,
        typer.Option("--subject", help="The provider's own id of the user.", metavar="ID"),
    ] = None,
    unlink: Annotated[
        bool, typer.Option("--unlink", help="No single sign-on for this user.")
    ] = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Show or set a user's single sign-on.

    Only users whom an admin linked can log in by the provider of the setting oidc_issuer. The first
    login by an e-mail address keeps the provider's own id, which alone counts from then on.

    Example: sluice user sso ann --email ann@nordwind.example
    """
    if unlink and (email or subject):
        raise UsageError("--unlink goes with no other option", "leave one of them out")
    with open_session(user) as session:
        if unlink:
            actions_sso.unlink(session, name)
        elif email or subject:
            actions_sso.link(session, name, email=email, subject=subject)
        found = actions_sso.of_user(session, name)

    if as_json:
        keys = ("issuer", "email", "subject")
        emit_json({"user": name, "sso": found and {key: getattr(found, key) for key in keys}})
        return
    if found is None:
        emit(f"{name} does not log in by single sign-on")
    else:
        emit(f"{name}: {found.email or found.subject} at {found.issuer}")
