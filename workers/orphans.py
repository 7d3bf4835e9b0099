"""End child processes with their parent, and keep locks from being inherited."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from contextlib import suppress

_PARENT_DIED = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_locks: set[int] = set()


def end_with(parent: int) -> None:
    """Send this process SIGTERM when `parent` dies; exit at once when it is dead. Linux only."""
    if _LIBC is not None:
        _LIBC.prctl(_PARENT_DIED, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(0)


def not_inherited(lock: int) -> None:
    """Close this file in every process forked from now on, so that its lock ends with this process."""
    _locks.add(lock)


def forgotten(lock: int) -> None:
    """Forget a file that is about to be closed."""
    _locks.discard(lock)


def _close_locks() -> None:
    for lock in _locks:
        with suppress(OSError):
            os.close(lock)
    _locks.clear()


os.register_at_fork(after_in_child=_close_locks)
