"""Notes about background work that an action left to others."""

from __future__ import annotations

from actions.follow_up import WorkedOff
from console.cli.output import counted, note


def note_others(work: WorkedOff) -> None:
    """Say how many tasks that this action did not cause are waiting."""
    if work.others_waiting:
        waiting = counted(work.others_waiting, "other task waits", "other tasks wait")
        more = "more than " if work.has_more_others else ""
        note(f"{more}{waiting} for `sluice run` or a worker")
