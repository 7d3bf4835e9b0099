"""Who runs a task: this machine, this process, and whether another one is still alive."""

from __future__ import annotations

import os
import socket
from pathlib import Path


def this_host() -> str:
    """Machine, process id and the moment the process began, so that a reused id is not taken for
    it.
    """
    return host_of(os.getpid())


def host_of(pid: int) -> str:
    """The same for another process of this machine."""
    return f"{socket.gethostname()}:{pid}:{_began(pid)}"


def alive(host: str) -> bool:
    """Whether that process may still run: always true for another machine, which only its lease can
    tell of.
    """
    machine, _, rest = host.partition(":")
    pid, _, began = rest.partition(":")
    if machine != socket.gethostname() or not pid.isdecimal():
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return _began(int(pid)) == began


def _began(pid: int) -> str:
    """The start time in clock ticks that Linux shows; empty elsewhere, where the id alone must do."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""
