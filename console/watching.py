"""Looking on while work goes on: the live view, and waiting for a drain."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from console.operations import status_lines
from console.output import Progress, emit, emit_json

if TYPE_CHECKING:
    from console.workplace import Workplace

_HOME_AND_CLEAR = "\x1b[H\x1b[J"


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
                emit_json([found], lines=True)
            else:
                text = "\n".join((f"{now():%Y-%m-%d %H:%M:%S} UTC   Ctrl-C ends", "", *status_lines(found)))
                emit(_HOME_AND_CLEAR + text if sys.stdout.isatty() else text + "\n")
            sys.stdout.flush()
            looks += 1
            if looks == times:
                return
            time.sleep(every)
    except KeyboardInterrupt:
        return


def wait_until_idle(at: Workplace, host: str | None, seconds: float) -> int:
    """How many tasks are still in work when none is, or the time is up."""
    from leads.store import standing

    progress, until = Progress(), time.monotonic() + seconds
    try:
        while True:
            with at.store.read() as tx:
                left = sum(n for _, where, n in standing.running(tx) if host is None or where.partition(":")[0] == host)
            if not left or time.monotonic() >= until:
                return left
            progress("tasks still in work", left, 0)
            time.sleep(0.2)
    finally:
        progress.end()
