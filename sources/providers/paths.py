"""Paths into JSON: `organization.name`, `data.items[0].name`, `technologies[].name`.

A step is a key, a place in a list counted from 0, or `[]` for every entry of a list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_STEP = re.compile(r"\[(?P<place>[0-9]{0,4})\]|(?P<dot>\.)?(?P<key>[A-Za-z0-9_$@:-]+)", re.ASCII)
_LONGEST = 200
_MOST_STEPS = 20
#: Entries of a list that `[]` takes.
MOST_ENTRIES = 200


@dataclass(frozen=True, slots=True)
class Path:
    """A way into a JSON document."""

    text: str
    #: Keys, places, and None for every entry.
    steps: tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """What a path leads to in one document."""

    #: Without null.
    values: tuple[Any, ...]
    #: Whether the document has the path at all; a null or an empty list on the way counts.
    exists: bool
    #: Whether it leads to nothing but null, `{}`, `[]` or an empty text.
    is_empty: bool


@lru_cache(maxsize=4096)
def parse_path(text: str) -> Path:
    """Parse a path; ValueError with what is wrong."""
    if text.startswith(("$.", "$[")):
        raise ValueError("is no path: leave the $ at its beginning out, like data.items[0].name")
    steps: list[str | int | None] = []
    at = 0
    while at < len(text) <= _LONGEST and len(steps) <= _MOST_STEPS:
        found = _STEP.match(text, at)
        if found is None or (found["key"] and bool(found["dot"]) != bool(steps)):
            break
        steps.append(found["key"] or (int(found["place"]) if found["place"] else None))
        at = found.end()
    if not steps or at < len(text) or len(steps) > _MOST_STEPS:
        raise ValueError("is no path; write it like data.items[0].name")
    return Path(text, tuple(steps))


def reach(path: Path, document: Any) -> Reached:
    """Follow a path into a document."""
    nodes, exists, blank = [document], False, False
    for step in path.steps:
        blank = blank or any(map(_is_blank, nodes))
        exists = exists or any(_ends_here(node, step) for node in nodes)
        nodes = [inner for node in nodes for inner in _inside(node, step)]

    values = tuple(node for node in nodes if node is not None)
    is_empty = all(map(_is_blank, values)) and (blank or bool(nodes))
    return Reached(values, exists or bool(nodes), is_empty)


def _inside(node: Any, step: str | int | None) -> list[Any]:
    if isinstance(step, str):
        return [node[step]] if isinstance(node, dict) and step in node else []
    if not isinstance(node, list):
        return []
    return node[:MOST_ENTRIES] if step is None else node[step : step + 1]


def _ends_here(node: Any, step: str | int | None) -> bool:
    """Whether there is a null on the way, or a list without the entry that the path wants."""
    is_short = not isinstance(step, str) and isinstance(node, list) and not _inside(node, step)
    return node is None or is_short


def _is_blank(node: Any) -> bool:
    return node is None or node in ("", {}, [])
