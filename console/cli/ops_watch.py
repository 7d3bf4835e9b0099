"""`sluice ops watch`: the status again and again."""

from __future__ import annotations

import shutil
import sys
import time
from contextlib import suppress
from dataclasses import asdict
from typing import Annotated

import typer

from actions import operations
from actions.operations import Status
from actions.session import Session, open_session
from console.cli.ops_lines import status_lines
from console.cli.options import AsJson, UserName
from console.cli.output import emit, emit_json
from leads.clock import now

#: Move to the first line; clear the rest of a line; clear the rest of the screen. The screen is
#: overwritten instead of cleared, so that it does not flicker.
_HOME, _CLEAR_LINE, _CLEAR_SCREEN = "\x1b[H", "\x1b[K", "\x1b[J"


def watch(
    every: Annotated[
        float, typer.Option("--every", help="Refresh interval.", min=0.2, metavar="SECONDS")
    ] = 2.0,
    times: Annotated[
        int,
        typer.Option("--times", help="Stop after N refreshes; 0: at Ctrl-C.", min=0, metavar="N"),
    ] = 0,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Show the status again and again until Ctrl-C.

    With --json each refresh is one document on one line.

    Example: sluice ops watch --every 5
    """
    # Ctrl-C is how a person ends this, so it is no error.
    with open_session(user) as session, suppress(KeyboardInterrupt):
        _watch(session, every, times, as_json=as_json)


def _watch(session: Session, every: float, times: int, *, as_json: bool) -> None:
    looks = 0
    while True:
        found = operations.status(session)
        if as_json:
            emit_json([asdict(found)], lines=True)
        else:
            _show(found)
        sys.stdout.flush()
        looks += 1
        if looks == times:
            return
        time.sleep(every)


def _show(found: Status) -> None:
    lines = [f"{now():%Y-%m-%d %H:%M:%S} UTC   Ctrl-C ends", "", *status_lines(found)]
    if sys.stdout.isatty():
        emit(screen(lines, *shutil.get_terminal_size()))
    else:
        emit("\n".join(lines) + "\n")


def screen(lines: list[str], width: int, height: int) -> str:
    """Cut the lines to a terminal, to be written over what it shows."""
    room = max(height - 1, 2)
    if len(lines) > room:
        left = len(lines) - room + 1
        lines = [*lines[: room - 1], f"and {left} more lines: `sluice ops status` shows all"]
    *first, last = [f"{line[:width]}{_CLEAR_LINE}" for line in lines]
    return _HOME + "".join(f"{line}\n" for line in first) + last + _CLEAR_SCREEN
