"""One line on stderr that shows how far long work is."""

from __future__ import annotations

import os
import sys
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar


class Progress:
    """Shows what is being done, how much of it, and for how long; silent without a terminal."""

    def __init__(self) -> None:
        """Show progress only on a terminal that wants it."""
        shown = sys.stderr.isatty() and "NO_COLOR" not in os.environ and "CI" not in os.environ
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not shown,
        )
        self._task: TaskID | None = None

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show that `done` of `total` are done; a total of 0 is unknown."""
        if self._task is None:
            self._bar.start()
            self._task = self._bar.add_task(what)
        self._bar.update(self._task, description=what, completed=done, total=total or None)

    def end(self) -> None:
        """Remove the line; the next call shows a new one."""
        self._bar.stop()
        if self._task is not None:
            self._bar.remove_task(self._task)
            self._task = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()
