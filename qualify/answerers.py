"""Who can answer which question: the table is `qualify/data/sources.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def answerers() -> dict[str, Any]:
    """`only_pages` and `of_groups` by attribute, `certificates` as a list."""
    text = (Path(__file__).parent / "data" / "sources.yaml").read_text(encoding="utf-8")
    table: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - the base loader builds text only.
    return table
