"""Ask for what a change causes, and do it at once, so that the next command sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from console.workplace import Workplace
    from leads.changes import Change
    from leads.store import Tx


def ask_for(tx: Tx, changes: Sequence[Change]) -> None:
    """Ask for the tasks that changes cause, in their transaction."""
    from workers.pipeline import follow

    follow(tx, changes)


def work_off(at: Workplace, progress: Callable[[str, int, int], None] | None = None) -> None:
    """Do what was asked for, except visits to companies' sites: those are for `run`, `crawl` and
    the workers.
    """
    from workers.inline import drive
    from workers.pipeline import CHEAP

    drive(at.context(progress=progress), CHEAP)
