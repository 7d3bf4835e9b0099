"""Load the engine's own tables from `dedupe/data/`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from leads.lexicon.reference import read_yaml


@cache
def document(name: str) -> Any:
    """Load `dedupe/data/NAME` as YAML with every scalar as text (`on` and `no` are words)."""
    return read_yaml((Path(__file__).parent / "data" / name).read_bytes())
