"""Notes about the background work of an action."""

from __future__ import annotations

from actions.follow_up import WorkedOff
from console.cli.output import counted, note
from leads.errors import PartlyDoneError


def report_work(work: WorkedOff) -> None:
    """Say what other work waits; PartlyDoneError when some of the action's own work failed."""
    if work.others_waiting:
        waiting = counted(work.others_waiting, "other task waits", "other tasks wait")
        more = "more than " if work.has_more_others else ""
        note(f"{more}{waiting} for a worker, or for the run of their own client")

    if work.own_waiting:
        waiting = counted(work.own_waiting, "task of this waits", "tasks of this wait")
        note(f"{waiting} for a retry, or is paused: see `sluice ops status`")
    if work.own_failed:
        failed = counted(work.own_failed, "task that it caused failed", "tasks it caused failed")
        raise PartlyDoneError(
            f"what you entered is stored, but {failed}", "see `sluice ops failures`"
        )
