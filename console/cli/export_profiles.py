"""`sluice export profiles` and its neighbours: what a file for a tool looks like."""

from __future__ import annotations

from typing import Annotated

import typer

from actions import export_profiles
from console.cli.options import AsJson
from console.cli.output import counted, emit, emit_json, plain
from console.cli.tables import table


def profiles(as_json: AsJson = False) -> None:
    """List the export profiles.

    Copy one with `sluice export show NAME > my.yaml` to make your own.

    Example: sluice export profiles
    """
    found = [
        {"profile": one.export, "about": one.about, "columns": len(one.columns)}
        for one in export_profiles.list_profiles()
    ]
    if as_json:
        emit_json(found)
    else:
        columns = {"profile": "PROFILE", "columns": "COLUMNS", "about": "FOR"}
        table(found, columns, empty="there are no profiles")


def show(
    name: Annotated[str, typer.Argument(help="A profile's name.", metavar="NAME")],
    as_json: AsJson = False,
) -> None:
    """Print an export profile.

    Example: sluice export show hubspot > my.yaml
    """
    text = export_profiles.profile_text(name)
    if as_json:
        emit_json({"profile": name, "yaml": text})
    else:
        emit(text.rstrip())


def check(
    file: Annotated[str, typer.Argument(help="A profile's YAML file.", metavar="FILE")],
    as_json: AsJson = False,
) -> None:
    """Check an export profile.

    Example: sluice export check my.yaml
    """
    found = export_profiles.check_profile(file)
    columns = [one.column for one in found.columns]
    if as_json:
        emit_json({"profile": found.export, "version": found.version, "columns": columns})
        return
    emit(f"{plain(found.export)}, version {found.version}: {counted(len(columns), 'column')}")
    for name in columns:
        emit(f"  {plain(name)}")


def fields(as_json: AsJson = False) -> None:
    """List the fields that a profile may name.

    Example: sluice export fields
    """
    found = [{"field": name, "about": about} for name, about in export_profiles.fields()]
    if as_json:
        emit_json(found)
    else:
        table(found, {"field": "FIELD", "about": "HOLDS"}, empty="there are no fields")
