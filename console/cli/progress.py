"""One line on stderr that shows how far long work is."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, Self

from console.cli.lazy import load


class Line(Protocol):
    """Draws one line."""

    def show(self, what: str, done: int, total: int) -> None:
        """Show that `done` of `total` are done."""

    def end(self) -> None:
        """Remove the line."""


class Progress:
    """Shows what is being done, how much of it, and for how long; silent without a terminal."""

    def __init__(self) -> None:
        """Show progress only on a terminal that wants it."""
        shown = sys.stderr.isatty() and "NO_COLOR" not in os.environ and "CI" not in os.environ
        self._line = _line() if shown else None

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show that `done` of `total` are done; a total of 0 is unknown."""
        if self._line:
            self._line.show(what, done, total)

    def end(self) -> None:
        """Remove the line; the next call shows a new one."""
        if self._line:
            self._line.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()


@contextmanager
def waiting(what: str) -> Iterator[Progress]:
    """Show what is being done until it is done; parts of it may show how far they are."""
    with Progress() as progress:
        progress(what, 0, 0)
        yield progress


def _line() -> Line:
    # The library that draws the line is imported only where one is drawn: it takes a while.
    line: Line = load("console.cli.progress_line:Line")()
    return line
