"""The user's folder of what can be made again: rules that were read, and scanners that were built."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

#: Files of one kind that stay, for processes of two versions side by side.
_MOST_KEPT = 8


def folder() -> Path:
    """Return the folder, which may not exist yet."""
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "sluice" / "technologies"


def write(file: Path, data: bytes) -> None:
    """Write a file in one step, and drop the oldest of its kind; OSError if that is impossible."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as stream:
        stream.write(data)
    Path(stream.name).replace(file)
    others = sorted(file.parent.glob(f"*{file.suffix}"), key=lambda one: one.stat().st_mtime)
    for old in others[:-_MOST_KEPT]:
        old.unlink(missing_ok=True)
