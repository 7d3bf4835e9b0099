"""Write the next version of a scoring file: other points, all else and the comments as they are."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import yaml


def rewritten(text: str, version: int, points: Mapping[str, Decimal]) -> str:
    """The text with another version and other points of some rules."""
    root = _entries(yaml.compose(text, Loader=yaml.SafeLoader))
    rules = _entries(root["rules"])
    changes = [(root["version"], str(version))]
    changes += [(_entries(rules[name])["points"], f"{wanted:f}") for name, wanted in points.items()]
    for node, wanted in sorted(changes, key=lambda one: -one[0].start_mark.index):
        text = text[: node.start_mark.index] + wanted + text[node.end_mark.index :]
    return text


def _entries(node: yaml.Node | None) -> dict[str, yaml.Node]:
    assert isinstance(node, yaml.MappingNode)
    return {key.value: value for key, value in node.value}
