"""`sluice demo --serve`: the pages of the demo, with a login for each role."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from actions.demo_logins import DemoLogin, add_logins
from actions.session import open_installation
from console.cli.lazy import load
from console.cli.output import emit, emit_json, note
from console.cli.serve import local_hosts
from console.cli.tables import table
from leads.settings import load_settings

_ROLES = {
    "admin": "everything",
    "manager": "lists, profiles, campaigns, figures",
    "sdr": "the queue",
    "operator": "the workers",
}


def serve_demo(home: Path, port: int, *, as_json: bool) -> None:
    """Serve the demo in this folder on this machine until it is stopped."""
    address = f"http://127.0.0.1:{port}"
    with open_installation(
        load_settings({"SLUICE_HOME": str(home)}), for_many=True
    ) as installation:
        found = add_logins(installation)

        def say() -> None:
            if as_json:
                logins = [
                    {"user": one.user, "role": one.role, "password": one.password} for one in found
                ]
                emit_json([{"url": address, "logins": logins}], lines=True)
                return
            _print(found, address)
            if sys.stdout.isatty():
                typer.launch(address)

        serve = load("console.web.server:run")
        serve(installation, "127.0.0.1", port, local_hosts(port), None, say)


def _print(found: list[DemoLogin], address: str) -> None:
    emit(f"\nOpen {address} and log in. The password of all four is {found[0].password}\n")
    rows = [{"user": one.user, "role": one.role, "sees": _ROLES[one.role]} for one in found]
    table(rows, {"user": "NAME", "role": "ROLE", "sees": "FOR"}, empty="")
    note("Ctrl-C ends it; nothing left this machine")
