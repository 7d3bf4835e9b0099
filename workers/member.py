"""One process of a supervisor: forked, watched, and killed together with its children."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.context import ForkProcess
from typing import Any

from workers.orphans import end_with

_fork = multiprocessing.get_context("fork")

#: What a member runs. It is given a function to call with the time when a job begins, and with 0.0
#: when it ends.
Task = Callable[[Callable[[float], None]], None]


#: A process that ends within this many seconds failed to start.
STARTED_SECONDS = 5.0
#: The longest delay before a restart, in seconds.
MAX_RESTART_DELAY = 30.0


class Member:
    """A forked process in its own process group; it ends when its parent dies."""

    def __init__(self, name: str, task: Task, failed_starts: int = 0) -> None:
        self.name = name
        self._task = task
        self._failed_starts = failed_starts
        self._started = time.monotonic()
        self._ended: float | None = None
        self._delay = 0.0
        self._job_began: Any = _fork.RawValue("d", 0.0)
        self._process: ForkProcess = _fork.Process(
            target=_run, args=(task, self._job_began, os.getpid()), name=name, daemon=False
        )
        self._process.start()

    @property
    def pid(self) -> int:
        """The process id, which is also the id of its group."""
        return self._process.pid or 0

    @property
    def exitcode(self) -> int | None:
        """The exit code; None while it runs."""
        return self._process.exitcode

    def note_death(self) -> float:
        """Record that the process ended; the seconds until it may restart.

        The delay is 0 at first and doubles each time a start fails. Call it once.
        """
        self._ended = time.monotonic()
        self._failed_starts = (
            self._failed_starts + 1
            if self.exitcode and self._ended - self._started < STARTED_SECONDS
            else 0
        )
        self._delay = (
            min(2.0 ** (self._failed_starts - 2), MAX_RESTART_DELAY)
            if self._failed_starts > 1
            else 0.0
        )
        return self._delay

    @property
    def death_noted(self) -> bool:
        """Whether `note_death` was called."""
        return self._ended is not None

    def may_restart(self) -> bool:
        """Whether the delay is over."""
        return self._ended is not None and time.monotonic() - self._ended >= self._delay

    def successor(self) -> Member:
        """Start a new process for the same task."""
        return Member(self.name, self._task, self._failed_starts)

    def job_seconds(self) -> float:
        """Seconds since its job began; 0.0 between jobs."""
        began = float(self._job_began.value)
        return time.monotonic() - began if began else 0.0

    def ask_to_end(self) -> None:
        """Ask it to end after its job."""
        if self.exitcode is None:
            self._process.terminate()

    def kill(self) -> None:
        """Kill it and its children."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.kill()
        self._process.join(5)


def _run(task: Task, began: Any, parent: int) -> None:
    os.setpgrp()
    # The supervisor's handlers only count signals; here the default must apply.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with(parent)

    def job_began(moment: float) -> None:
        began.value = moment

    task(job_began)
