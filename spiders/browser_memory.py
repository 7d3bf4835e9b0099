"""How much memory the processes of a browser take, where the system tells (Linux)."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_PROCESSES = Path("/proc")
#: In /proc/PID/stat after the name: the process group, and the resident pages.
_GROUP, _RESIDENT = 2, 21


def largest(group: int) -> int:
    """Return the bytes that the largest process of a process group takes; 0 if unknown."""
    sizes = [0]
    if _PROCESSES.is_dir():
        sizes += [_resident(entry, group) for entry in _PROCESSES.iterdir() if entry.name.isdigit()]
    return max(sizes)


def _resident(entry: Path, group: int) -> int:
    """Return the bytes that a process takes; 0 if it is of another group, or gone."""
    with suppress(OSError, ValueError, IndexError):
        # The name may hold spaces and brackets.
        values = (entry / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        if int(values[_GROUP]) == group:
            return int(values[_RESIDENT]) * os.sysconf("SC_PAGE_SIZE")
    return 0
