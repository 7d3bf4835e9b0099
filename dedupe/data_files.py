"""Load the engine's own tables from `dedupe/data/`."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def document(name: str) -> Any:
    """Load `dedupe/data/NAME` as YAML with every scalar as text (`on` and `no` are words)."""
    # Imported late: commands that compare nothing need no YAML.
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return yaml.load((Path(__file__).parent / "data" / name).read_bytes(), Loader=loader)  # noqa: S506 - builds text, lists and maps only
