"""`sluice db`: the version of the database, and its roles."""

from __future__ import annotations

from typing import Annotated

import typer

from actions import database
from console.cli.options import AsJson, UserName
from console.cli.output import emit, emit_json
from leads.errors import SluiceError
from leads.settings import load_settings


def upgrade(as_json: AsJson = False) -> None:
    """Run the migrations that the database lacks.

    All of them run, or none.

    Example: sluice db upgrade
    """
    found = database.upgrade(load_settings())
    emit_json({"version": found}) if as_json else emit(f"the database is at version {found}")


def role(
    name: Annotated[str, typer.Argument(help="The role's name, such as sluice_app.")],
    as_user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Add a PostgreSQL role that cannot mix up clients.

    Row-level security holds the role, and does not hold the owner of the tables. Run this as the
    owner. The password of a new role is shown once. For a role that exists, rights are granted again.

    Example: sluice db role sluice_app
    """
    made = database.add_role(load_settings(), name, user=as_user)
    if as_json:
        keys = ("role", "is_new", "owner", "url", "owner_url")
        emit_json({key: getattr(made, key) for key in keys})
        return
    emit(f"the role {made.role} {'was added' if made.is_new else 'was there; its rights are set'}")
    emit("")
    emit("For server, workers and commands:")
    emit(f"  SLUICE_DATABASE_URL={made.url}")
    emit(f"For `sluice db upgrade`, `backup` and `restore`, as the owner {made.owner}:")
    emit(f"  SLUICE_DATABASE_URL={made.owner_url}")


def check(as_json: AsJson = False) -> None:
    """Compare the database with what Sluice needs.

    Exit code 1: they differ.

    Example: sluice db check --json
    """
    found = database.check(load_settings())
    if as_json:
        emit_json(
            {
                "version": found.version,
                "needs": found.needs,
                "differences": found.differences,
            }
        )
    else:
        emit(f"version {found.version or 'none'}, needed {found.needs}")
    if found.differences:
        raise SluiceError(f"the database differs: {found.differences[0]}", found.way_out)
