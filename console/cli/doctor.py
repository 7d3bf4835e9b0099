"""`sluice doctor` and `sluice config`: the state and the settings of this installation."""

from __future__ import annotations

from typing import Any

from actions.health import check_installation
from console.cli.options import AsJson
from console.cli.output import emit, emit_json
from leads.errors import SluiceError
from leads.settings import SETTINGS, load_settings


def doctor(as_json: AsJson = False) -> None:
    """Check the installation.

    Each check that fails names its cure. Exit code 1: a check failed.

    Example: sluice doctor
    """
    findings = check_installation()
    if as_json:
        keys = ("ok", "found", "cure")
        emit_json(
            [{"check": one.what, **{key: getattr(one, key) for key in keys}} for one in findings]
        )
    else:
        for one in findings:
            emit(f"{'ok  ' if one.ok else 'BAD '} {one.what}: {one.found}")
            if one.cure:
                emit(f"       {one.cure}")

    bad = [one for one in findings if not one.ok]
    if bad:
        raise SluiceError(f"{len(bad)} of {len(findings)} checks failed", bad[0].cure)


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
