"""Load the tables in `enrich/data/` once; every scalar stays text, so NO is Norway."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent / "data"
_LOADER: type[yaml.BaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@cache
def words(name: str) -> Any:
    """Load the table of that name (`page_kinds`)."""
    return yaml.load((_FOLDER / f"{name}.yaml").read_bytes(), Loader=_LOADER)  # noqa: S506 - builds text only


def either(patterns: Iterable[str]) -> str:
    """Join patterns as alternatives, longest first."""
    return "|".join(sorted(patterns, key=len, reverse=True))


def by_first_letter(texts: Iterable[str]) -> str:
    """Join escaped texts as alternatives, longest first: at each letter few of them are tried."""
    groups: dict[str, list[str]] = {}
    for text in texts:
        groups.setdefault(text[0], []).append(text[1:])
    return "|".join(f"{first}(?:{either(rest)})" for first, rest in sorted(groups.items()))
