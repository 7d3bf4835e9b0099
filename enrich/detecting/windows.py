"""Where in the markup a match can be, when one of its literal texts is known to be at a position.

A pattern that can match `>` only where it writes `>` stays within a few tags; a pattern of bounded
length stays within that length.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from enrich.detecting.syntax import REPEATS, names, parsed, parts

_LONGEST = 2_000
_EDGE = ord(">")
_MOST_TAGS = 6


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a match reaches: a number of characters, or a number of `>`; -1 where it is unknown."""

    characters: int = -1
    tags: int = -1


@lru_cache(maxsize=20_000)
def reach(source: str) -> Reach:
    """Return how far a match of a pattern reaches."""
    tree = parsed(source)
    if _looks_further(tree):
        return Reach()
    longest = tree.getwidth()[1]
    if longest <= _LONGEST:
        return Reach(characters=longest)
    tags = _edges(tree)
    return Reach(tags=tags if 0 <= tags <= _MOST_TAGS else -1)


def window(html: str, at: int, reached: Reach) -> tuple[int, int] | None:
    """Return the part of the markup that holds every match with a text at `at`; None for all."""
    if reached.characters >= 0:
        far = reached.characters + 1
        return max(0, at - far), min(len(html), at + far + 1)
    if reached.tags < 0:
        return None
    start = end = at
    for _ in range(reached.tags + 1):
        start = html.rfind(">", 0, start)
        if start < 0:
            start = 0
            break
    for _ in range(reached.tags + 1):
        end = html.find(">", end) + 1
        if end == 0:
            end = len(html)
            break
    return start, min(len(html), end + 1)


def merged(windows: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join windows that overlap, in order."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(windows):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def within(
    windows: Iterable[tuple[int, int]], parts: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, int]]:
    """Yield the part of each window that is inside one of ordered parts, after the part's place."""
    for left, right in windows:
        place = max(0, bisect_right(parts, (left, left)) - 1)
        while place < len(parts) and parts[place][0] < right:
            start, end = parts[place]
            if end > left:
                yield place, max(left, start), min(right, end)
            place += 1


def _looks_further(tree: Iterable[Any]) -> bool:
    """Check for what depends on text beyond the match: look-arounds, ends, references."""
    for operator, argument in tree:
        if operator in (names.ASSERT, names.ASSERT_NOT, names.GROUPREF, names.GROUPREF_EXISTS):
            return True
        if operator is names.AT and argument not in (names.AT_BOUNDARY, names.AT_NON_BOUNDARY):
            return True
        if any(map(_looks_further, parts(operator, argument))):
            return True
    return False


def _edges(tree: Iterable[Any]) -> int:
    """Count the `>` that a match can hold; a number above any limit if they are not counted."""
    total = 0
    for operator, argument in tree:
        inner = [_edges(one) for one in parts(operator, argument)]
        if operator in REPEATS:
            total += inner[0] * min(argument[1], 100)
        elif inner:
            total += max(inner)
        elif _matches_edge(operator, argument):
            total += 1
    return total


def _matches_edge(operator: Any, argument: Any) -> bool:
    if operator is names.LITERAL:
        return bool(argument == _EDGE)
    if operator is names.NOT_LITERAL:
        return bool(argument != _EDGE)
    if operator is names.ANY:
        return True
    if operator is names.IN:
        negated = argument[0][0] is names.NEGATE
        return any(_holds_edge(*one) for one in argument) != negated
    return False


def _holds_edge(kind: Any, value: Any) -> bool:
    if kind is names.LITERAL:
        return bool(value == _EDGE)
    if kind is names.RANGE:
        return bool(value[0] <= _EDGE <= value[1])
    if kind is names.CATEGORY:
        return "NOT" in str(value)
    return False
