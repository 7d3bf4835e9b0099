"""`sluice doctor` and `sluice config`: is this installation sound, and what is it set to."""

from __future__ import annotations

from typing import Any

import typer

from console.cli.options import AsJson
from console.cli.output import emit, emit_json


def add_to(app: typer.Typer) -> None:
    """Add the commands about the installation."""

    @app.command("doctor")
    def doctor(as_json: AsJson = False) -> None:
        """Check the installation and name the cure of what is wrong; exit code 1 when something is.

        Example: sluice doctor
        """
        from console.checkup import checkup
        from leads.errors import SluiceError

        findings = checkup()
        bad = [one for one in findings if not one.ok]
        if as_json:
            emit_json(
                [
                    {"check": one.what, "ok": one.ok, "found": one.found, "cure": one.cure}
                    for one in findings
                ]
            )
        else:
            for one in findings:
                emit(
                    f"{'ok  ' if one.ok else 'BAD '} {one.what}: {one.found}"
                    + (f"\n       {one.cure}" if one.cure else "")
                )
        if bad:
            raise SluiceError(f"{len(bad)} of {len(findings)} checks failed", bad[0].cure)

    @app.command("config")
    def config(as_json: AsJson = False) -> None:
        """Show every setting, its value and where that came from; secrets are masked.

        Example: sluice config --json
        """
        from leads.settings import SETTINGS, load_settings

        given = load_settings().given
        rows: list[dict[str, Any]] = [
            {
                "setting": one.name,
                "value": "***" if one.secret and given[one.name].value else given[one.name].value,
                "origin": given[one.name].origin,
                "meaning": one.meaning,
            }
            for one in SETTINGS
        ]
        if as_json:
            emit_json(rows)
            return
        for row in rows:
            emit(
                f"{row['setting']} = {row['value'] or '(empty)'}   [{row['origin']}]\n   "
                f" {row['meaning']}"
            )
