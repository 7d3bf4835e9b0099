"""The process that runs a task: its name, and whether it is alive."""

from __future__ import annotations

import os
import socket
from pathlib import Path


def this_host() -> str:
    """The name of this process: machine, process id and start time.

    The start time tells it from a later process with the same id.
    """
    return host_of(os.getpid())


def host_of(pid: int) -> str:
    """The name of another process of this machine."""
    return f"{socket.gethostname()}:{pid}:{_began(pid)}"


def alive(host: str) -> bool:
    """Whether that process may still run.

    Always true for a process on another machine: only an expired lease shows its death.
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
    """The start time in clock ticks on Linux; empty elsewhere."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""
