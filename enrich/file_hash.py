"""Hash files by name, size and bytes, so that two lists of files never look the same."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def add_files(found: Any, files: Iterable[Path]) -> None:
    """Add files to a hash of `hashlib`; skip one that cannot be read: its reader raises."""
    for file in files:
        with contextlib.suppress(OSError):
            data = file.read_bytes()
            found.update(f"{file.name}\0{len(data)}\0".encode())
            found.update(data)
