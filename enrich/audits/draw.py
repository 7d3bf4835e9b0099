"""A draw of facts by chance, so that each kind of fact is among them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from random import Random
from typing import TypeVar

Stratum = TypeVar("Stratum", bound=Hashable)


def allotted(sizes: Mapping[Stratum, int], sample: int) -> dict[Stratum, int]:
    """How many facts of each stratum are drawn: by its size, at least one, at most all of it.

    A sample with fewer facts than there are strata takes one of each of the largest.
    """
    filled = {one: size for one, size in sizes.items() if size > 0}
    total = sum(filled.values())
    sample = min(sample, total)
    largest = sorted(filled, key=lambda one: -filled[one])[:sample]
    exact = {one: sample * filled[one] / total for one in largest}
    taken = {one: max(1, int(share)) for one, share in exact.items()}

    # What whole numbers lose goes to those that lost most, and comes from those that won most.
    for _ in range(abs(sample - sum(taken.values()))):
        if sum(taken.values()) < sample:
            open_ = [one for one in taken if taken[one] < filled[one]]
            taken[max(open_, key=lambda one: exact[one] - taken[one])] += 1
        else:
            several = [one for one in taken if taken[one] > 1]
            taken[max(several, key=lambda one: taken[one] - exact[one])] -= 1
    return taken


def drawn(sizes: Mapping[Stratum, int], sample: int, seed: int) -> list[tuple[Stratum, int]]:
    """The facts that are drawn, in the order of judging: each by its stratum and its place there,
    from 0. The same sizes, sample and seed give the same draw.
    """
    # A draw for an audit is repeated by its seed; no secret depends on it.
    chance = Random(seed)  # noqa: S311
    taken = allotted(sizes, sample)
    found = [
        (one, place)
        for one, size in sizes.items()
        if one in taken
        for place in sorted(chance.sample(range(size), taken[one]))
    ]
    chance.shuffle(found)
    return found
