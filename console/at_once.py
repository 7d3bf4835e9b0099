"""Ask for what a change causes, and do it at once, so that the next command sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.command_trace import TRACE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from console.workplace import Workplace
    from leads.changes import Change
    from leads.store import Tx


def ask_for(tx: Tx, changes: Sequence[Change]) -> None:
    """Ask for the tasks that changes cause, in their transaction."""
    from workers.pipeline import follow

    follow(tx, changes, TRACE.get())


def work_off(at: Workplace, progress: Callable[[str, int, int], None] | None = None) -> None:
    """Do what this command asked for, except visits to companies' sites: those are for `run`,
    `crawl` and the workers.
    """
    from workers.inline import work_off_own
    from workers.pipeline import CHEAP

    say_others(work_off_own(at.context(progress=progress), CHEAP).others_waiting)


def say_others(waiting: int) -> None:
    """Say how many tasks of others wait; nothing when none does."""
    from console.cli.output import counted, note
    from leads.store.ledger.own import MOST_COUNTED

    if waiting:
        more = "more than " if waiting >= MOST_COUNTED else ""
        note(f"{more}{counted(waiting, 'other task')} waiting; `sluice up` works them off")
