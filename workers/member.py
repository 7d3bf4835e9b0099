"""One process of a supervisor: forked, watched, and ended together with all that it started."""

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

#: What a member does, given a way to tell when a job began (0.0: when it ended).
Task = Callable[[Callable[[float], None]], None]


#: Who lived shorter than this, in seconds, died of its start.
SETTLED = 5.0
#: Seconds before the next try at most.
LONGEST_REST = 30.0


class Member:
    """A forked process in a group of its own; told to end when its parent dies."""

    def __init__(self, name: str, task: Task, failed_starts: int = 0) -> None:
        self.name = name
        self._task = task
        self._failed_starts = failed_starts
        self._started = time.monotonic()
        self._ended: float | None = None
        self._rest = 0.0
        self._began: Any = _fork.RawValue("d", 0.0)
        self._process: ForkProcess = _fork.Process(
            target=_run, args=(task, self._began, os.getpid()), name=name, daemon=False
        )
        self._process.start()

    @property
    def pid(self) -> int:
        """The process id, which is the id of its group too."""
        return self._process.pid or 0

    @property
    def exitcode(self) -> int | None:
        """How it ended; None while it lives."""
        return self._process.exitcode

    def mourn(self) -> float:
        """Seconds until a successor may start: none at first, then twice as many each time one dies
        of its start.

        To be called once, when it was found dead.
        """
        self._ended = time.monotonic()
        self._failed_starts = (
            self._failed_starts + 1
            if self.exitcode and self._ended - self._started < SETTLED
            else 0
        )
        self._rest = (
            min(2.0 ** (self._failed_starts - 2), LONGEST_REST) if self._failed_starts > 1 else 0.0
        )
        return self._rest

    @property
    def mourned(self) -> bool:
        """Whether it was found dead before."""
        return self._ended is not None

    def rested(self) -> bool:
        """Whether its successor may start now."""
        return self._ended is not None and time.monotonic() - self._ended >= self._rest

    def again(self) -> Member:
        """Its successor."""
        return Member(self.name, self._task, self._failed_starts)

    def job_seconds(self) -> float:
        """How long its job takes already; 0.0 between jobs."""
        began = float(self._began.value)
        return time.monotonic() - began if began else 0.0

    def ask_to_end(self) -> None:
        """Let it end its job, then end."""
        if self.exitcode is None:
            self._process.terminate()

    def kill(self) -> None:
        """End it at once, with all that it started."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.kill()
        self._process.join(5)


def _run(task: Task, began: Any, parent: int) -> None:
    os.setpgrp()
    # The supervisor's own handlers would count signals that nobody reads.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with(parent)

    def tell(moment: float) -> None:
        began.value = moment

    task(tell)
