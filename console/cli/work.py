"""Notes about the background work of an action."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from actions.follow_up import Pause, WorkedOff
from console.cli.output import counted, note, plain
from leads.errors import PartlyDoneError


def note_pauses(pauses: Sequence[Pause]) -> None:
    """Say which pauses hold work up, by whom and since when, and how each is ended."""
    for one in pauses:
        note(f"{pause_text(one)}; `{resume_command(one)}` ends it")


def pause_text(one: Pause) -> str:
    """`everything is paused by ann since 2026-11-29 08:41 UTC (new list)`."""
    what = "everything" if one.thing == "everything" else f"the {one.thing} {one.name}"
    reason = f" ({one.reason})" if one.reason else ""
    return plain(f"{what} is paused by {one.who} since {one.at:%Y-%m-%d %H:%M} UTC{reason}")


def resume_command(one: Pause) -> str:
    """The command that ends a pause."""
    which = "" if one.thing == "everything" else f" --{one.thing} {shlex.quote(one.name)}"
    return f"sluice ops resume{which}"


def report_work(work: WorkedOff) -> None:
    """Say what other work waits; PartlyDoneError when some of the action's own work failed."""
    if work.others_waiting:
        one = "other task waits for a worker or a run of its client"
        several = "other tasks wait for a worker or a run of their client"
        more = "more than " if work.has_more_others else ""
        note(f"{more}{counted(work.others_waiting, one, several)}")

    if work.own_waiting:
        waiting = counted(work.own_waiting, "task of this waits", "tasks of this wait")
        note_pauses(work.pauses)
        more = "until then" if work.pauses else "for a retry: see `sluice ops status`"
        note(f"{waiting} {more}")
    if work.own_failed:
        failed = counted(work.own_failed, "task that it caused failed", "tasks it caused failed")
        raise PartlyDoneError(
            f"what you entered is stored, but {failed}", "see `sluice ops failures`"
        )
