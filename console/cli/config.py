"""`sluice config`: the settings of this installation."""

from __future__ import annotations

from typing import Any

from console.cli.options import AsJson
from console.cli.output import emit, emit_json
from leads.settings import SETTINGS, load_settings


def config(as_json: AsJson = False) -> None:
    """Show every setting and its source.

    Secrets are masked.

    Example: sluice config --json
    """
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
        emit(f"{row['setting']} = {row['value'] or '(empty)'}   [{row['origin']}]")
        emit(f"    {row['meaning']}")
