"""Audited facts as lines and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.accuracy import Accuracy, State
from console.cli.output import counted, note, plain

#: What each state is called.
STATES = {
    State.KEPT: "kept",
    State.OPEN: "not shown",
    State.BROKEN: "broken",
}


def accuracy_json(one: Accuracy) -> dict[str, Any]:
    """One share with its counts and bounds."""
    rate = one.rate
    return {
        "attribute": one.attribute,
        one.of: one.name,
        "drawn": one.drawn,
        "checked": rate.checked,
        "right": one.right,
        "wrong": one.wrong,
        "unclear": one.unclear,
        "rate": rate.value,
        "low": rate.low,
        "high": rate.high,
        "promise": one.promise,
        "state": one.state.value,
        "missing": one.missing,
    }


def flag_text(one: Accuracy) -> str:
    """Name a list below the promised accuracy, and say what would show that it keeps the promise."""
    if one.state is State.BROKEN:
        way = "its facts are less often right than promised"
    else:
        way = f"{counted(one.missing, 'more right fact')} would show it"
    return f"below the promise: {plain(one.words)}; {way}"


def note_flags(flags: Sequence[Accuracy]) -> None:
    """Say which lists are below what was promised."""
    for one in flags:
        note(flag_text(one))
    if flags:
        note("`sluice audit report` shows the counts")
