"""Put files into a hash: names, sizes and bytes, so that other files never give the same."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def add_files(found: Any, files: Iterable[Path]) -> None:
    """Add files to a hash of `hashlib`; one that cannot be read is left out, and its reader says so."""
    for file in files:
        with contextlib.suppress(OSError):
            data = file.read_bytes()
            found.update(f"{file.name}\0{len(data)}\0".encode())
            found.update(data)
