"""Looking on while work goes on: the live view, and waiting for a drain."""

from __future__ import annotations

import shutil
import sys
import time
from dataclasses import asdict
from typing import TYPE_CHECKING

from console.cli.output import emit, emit_json
from console.cli.progress import Progress
from console.operations import status_lines

if TYPE_CHECKING:
    from console.workplace import Workplace

#: Back to the first line; to the end of a line, and of the screen, what was there before is wiped
#: out. Nothing flickers this way.
_HOME, _REST_OF_LINE, _REST = "\x1b[H", "\x1b[K", "\x1b[J"


def watch(at: Workplace, every: float, times: int, *, as_json: bool) -> None:
    """Print the status every so many seconds, so many times (0: until Ctrl-C, which is no error)."""
    from leads.clock import now
    from workers.status import status

    looks = 0
    try:
        while True:
            with at.store.read() as tx:
                found = status(tx)
            if as_json:
                emit_json([asdict(found)], lines=True)
            else:
                lines = [f"{now():%Y-%m-%d %H:%M:%S} UTC   Ctrl-C ends", "", *status_lines(found)]
                emit(
                    screen(lines, *shutil.get_terminal_size())
                    if sys.stdout.isatty()
                    else "\n".join(lines) + "\n"
                )
            sys.stdout.flush()
            looks += 1
            if looks == times:
                return
            time.sleep(every)
    except KeyboardInterrupt:
        return


def screen(lines: list[str], width: int, height: int) -> str:
    """The lines as they fit onto a terminal, written over what was there; the last says how many
    did not.
    """
    room = max(height - 1, 2)
    if len(lines) > room:
        lines = [
            *lines[: room - 1],
            f"and {len(lines) - room + 1} more lines: `sluice ops status` shows all",
        ]
    return (
        _HOME
        + "".join(f"{line[:width]}{_REST_OF_LINE}\n" for line in lines[:-1])
        + lines[-1][:width]
        + _REST_OF_LINE
        + _REST
    )


def wait_until_idle(at: Workplace, host: str | None, seconds: float) -> int:
    """How many tasks are still in work when none is, or the time is up."""
    from leads.store.ledger import workload

    progress, until = Progress(), time.monotonic() + seconds
    try:
        while True:
            with at.store.read() as tx:
                left = sum(
                    one.tasks
                    for one in workload.running(tx)
                    if host is None or one.host.partition(":")[0] == host
                )
            if not left or time.monotonic() >= until:
                return left
            progress("tasks still in work", left, 0)
            time.sleep(0.2)
    finally:
        progress.end()
