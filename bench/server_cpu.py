"""How much CPU a database server on this machine has used, in all its processes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
from sqlalchemy import make_url

_TICKS = os.sysconf("SC_CLK_TCK")
#: Places in /proc/PID/stat, counted from the state of the process: its parent, and its CPU in user
#: and system mode, then that of the children that have ended.
_PARENT, _CPU = 1, slice(11, 15)


def server_cpu(url: str) -> float:
    """Seconds since the server's start; 0 for SQLite, which has no server."""
    if make_url(url).get_backend_name() == "sqlite":
        return 0.0
    with psycopg.connect(url) as connection:
        own = connection.info.backend_pid
        first = int(dict(_stats())[own][_PARENT])
        return family_cpu(first)


def family_cpu(first: int) -> float:
    """Seconds of a process and of all below it, with those that have ended."""
    stats = dict(_stats())
    family = [first] if first in stats else []
    for one in family:
        family += [pid for pid, stat in stats.items() if int(stat[_PARENT]) == one]
    return sum(int(ticks) for pid in family for ticks in stats[pid][_CPU]) / _TICKS


def _stats() -> Iterator[tuple[int, list[str]]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            text = (folder / "stat").read_text()
        except OSError:
            # It has ended since.
            continue
        # The name before the last bracket may hold anything.
        yield int(folder.name), text.rpartition(")")[2].split()
