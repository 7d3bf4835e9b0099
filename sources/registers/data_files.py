"""Load the tables of the registers from `sources/registers/data/`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from leads.lexicon.reference import read_yaml


@cache
def document(name: str) -> Any:
    """Load `sources/registers/data/NAME` as YAML with every scalar as text."""
    return read_yaml((Path(__file__).parent / "data" / name).read_bytes())
