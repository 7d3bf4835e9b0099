"""Grade bands of a profile: `grades: {A: 80, B: 60, C: 40}` names the least score of each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leads.yaml_mistakes import mistake
from leads.yaml_tree import Mapping, Node, Scalar

_NAME = re.compile(r"\w[\w +-]{0,19}")
_MOST = 12
_SHAPE = "write, for example, grades: {A: 80, B: 60, C: 40}, the best first"


@dataclass(frozen=True, slots=True)
class Grade:
    """A name for every score from `least` up to the next better grade."""

    name: str
    least: int


def read_grades(node: Node | None) -> tuple[Grade, ...]:
    """The bands, best first; empty when the profile has none."""
    if node is None:
        return ()
    if not isinstance(node, Mapping) or not 1 <= len(node.fields) <= _MOST:
        raise mistake(node, f"1 to {_MOST} grades belong here", _SHAPE)
    found: list[Grade] = []
    for key, node_of_score in node.fields:
        if not _NAME.fullmatch(key.text):
            raise mistake(key, "a grade is a short word", _SHAPE)
        least = _read_score(node_of_score)
        if found and least >= found[-1].least:
            better = found[-1]
            raise mistake(
                node_of_score,
                f"{key.text} begins at {least}, and {better.name} before it at {better.least}",
                _SHAPE,
            )
        found.append(Grade(key.text, least))
    return tuple(found)


def _read_score(node: Node) -> int:
    text = node.text if isinstance(node, Scalar) else ""
    if not (text.isascii() and text.isdecimal() and len(text) <= 3 and int(text) <= 100):
        raise mistake(node, "a score is a whole number from 0 to 100", _SHAPE)
    return int(text)


def grade(grades: tuple[Grade, ...], score: int) -> str | None:
    """The name of a score; None below the last grade, or without any."""
    return next((one.name for one in grades if score >= one.least), None)
