"""How much memory processes use; 0 on systems other than Linux."""

from __future__ import annotations

import os
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE")


def own_memory() -> int:
    """MB that this process holds."""
    return _resident(Path("/proc/self/statm"))


def memory_of_groups() -> dict[int, int]:
    """MB by process group, which includes the processes that a job forked."""
    found: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            group = int((folder / "stat").read_text("utf-8").rpartition(")")[2].split()[2])
        except (OSError, IndexError, ValueError):
            continue
        found[group] = found.get(group, 0) + _resident(folder / "statm")
    return found


def _resident(file: Path) -> int:
    try:
        return int(file.read_text("utf-8").split()[1]) * _PAGE // 1_000_000
    except (OSError, IndexError, ValueError):
        return 0
