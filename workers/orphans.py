"""No process of ours outlives the one that started it, and none holds on to its lock."""

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
    """Have this process asked to end (SIGTERM) when `parent` dies, however it dies; at once when it
    is dead already. Linux only.
    """
    if _LIBC is not None:
        _LIBC.prctl(_PARENT_DIED, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(0)


def not_inherited(lock: int) -> None:
    """Close this file in every process that is forked from now on: a lock on it ends with this
    process, whoever lives on.
    """
    _locks.add(lock)


def forgotten(lock: int) -> None:
    """It is about to be closed here."""
    _locks.discard(lock)


def _close_locks() -> None:
    for lock in _locks:
        with suppress(OSError):
            os.close(lock)
    _locks.clear()


os.register_at_fork(after_in_child=_close_locks)
