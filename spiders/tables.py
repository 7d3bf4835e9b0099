"""The tables of `spiders/data`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def table(name: str) -> dict[str, Any]:
    """Load `spiders/data/NAME.yaml`; every scalar stays text, so `no` is Norway."""
    text = files("spiders").joinpath(f"data/{name}.yaml").read_text("utf-8")
    # libyaml's loader, where PyYAML has it, takes a tenth of the time.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    loaded: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506 - builds text only
    return loaded
