"""`sluice doctor`: the state of this installation."""

from __future__ import annotations

from actions.health import check_installation
from console.cli.options import AsJson
from console.cli.output import emit, emit_json
from leads.errors import SluiceError


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
