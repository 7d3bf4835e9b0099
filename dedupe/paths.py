"""The shortest chain of matching pairs between two rows of one company."""

from __future__ import annotations

from itertools import pairwise

from dedupe.arrays import Floats, Ints


def path_between(
    start: int, end: int, left: Ints, right: Ints, odds: Floats
) -> list[tuple[int, int]]:
    """Return the shortest path between two nodes over matching pairs; empty if none."""
    near: dict[int, list[int]] = {}
    for one, other in zip(left[odds > 0].tolist(), right[odds > 0].tolist(), strict=True):
        near.setdefault(one, []).append(other)
        near.setdefault(other, []).append(one)
    came_from = {start: start}
    front = [start]
    while front and end not in came_from:
        reached: list[int] = []
        for node in front:
            for other in sorted(near.get(node, ())):
                if other not in came_from:
                    came_from[other] = node
                    reached.append(other)
        front = reached
    if end not in came_from:
        return []
    nodes = [end]
    while nodes[-1] != start:
        nodes.append(came_from[nodes[-1]])
    return list(pairwise(reversed(nodes)))
