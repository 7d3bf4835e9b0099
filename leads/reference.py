"""Reference data that ships with the product: the files of `leads/data/`, each read once and only when asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data"


@cache
def document(name: str) -> Any:
    """The YAML file `leads/data/NAME`, every scalar as text (so `NO` is Norway and `01` keeps its nought)."""
    # Imported late: reading YAML costs more than everything else a module of this package does at import.
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return yaml.load((FOLDER / name).read_bytes(), Loader=loader)  # noqa: S506 - the base loader builds text, lists and maps only


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of the tab-separated file `leads/data/NAME`; lines that start with `#` are its notice."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))
