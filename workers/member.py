"""One process of a supervisor: forked, watched, and ended together with all that it started."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.context import ForkProcess
from typing import Any

_fork = multiprocessing.get_context("fork")
_PARENT_DIED = 1

#: What a member does, given a way to tell when a job began (0.0: when it ended).
Task = Callable[[Callable[[float], None]], None]


class Member:
    """A forked process in a group of its own; told to end when its parent dies."""

    def __init__(self, name: str, task: Task) -> None:
        self.name = name
        self._task = task
        self._began: Any = _fork.RawValue("d", 0.0)
        self._process: ForkProcess = _fork.Process(target=_run, args=(task, self._began, os.getpid()), name=name, daemon=False)
        self._process.start()

    @property
    def pid(self) -> int:
        """The process id, which is the id of its group too."""
        return self._process.pid or 0

    @property
    def exitcode(self) -> int | None:
        """How it ended; None while it lives."""
        return self._process.exitcode

    def again(self) -> Member:
        """Its successor."""
        return Member(self.name, self._task)

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
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DIED, signal.SIGTERM)
        if os.getppid() != parent:
            return

    def tell(moment: float) -> None:
        began.value = moment

    task(tell)
