"""What another model would change: which companies become one, and which fall apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dedupe.clustering import Clustering
from dedupe.record import Key

#: Rows that stand for a company when its likeliest pair is looked for.
_TRIED = 8


@dataclass(frozen=True, slots=True)
class Example:
    """Two rows that would be one company, or would no longer be."""

    left: Key
    right: Key
    #: The strongest reasons by the new weights.
    why: str
    odds_before: float
    odds_after: float


@dataclass(frozen=True, slots=True)
class ClusterDiff:
    """How many companies would change, with examples."""

    before: int
    after: int
    #: Companies that become part of others.
    merged: int
    #: Companies that come off others.
    split: int
    merges: tuple[Example, ...]
    splits: tuple[Example, ...]


def diff(before: Clustering, after: Clustering, examples: int) -> ClusterDiff:
    """Compare two clusterings of the same rows, with at most so many examples of each kind."""
    old, new = before.clusters, after.clusters
    merged, split = _parts(new, old), _parts(old, new)
    return ClusterDiff(
        before=len(old),
        after=len(new),
        merged=sum(len(parts) - 1 for parts in merged),
        split=sum(len(parts) - 1 for parts in split),
        merges=tuple(_examples(before, after, merged[:examples])),
        splits=tuple(_examples(before, after, split[:examples])),
    )


def _parts(whole: Sequence[Sequence[Key]], small: Sequence[Sequence[Key]]) -> list[list[list[Key]]]:
    """Return each cluster that holds rows of several others, divided into them."""
    place = {key: at for at, keys in enumerate(small) for key in keys}
    found = []
    for keys in whole:
        parts: dict[int, list[Key]] = {}
        for key in keys:
            parts.setdefault(place[key], []).append(key)
        if len(parts) > 1:
            found.append(list(parts.values()))
    return found


def _examples(
    before: Clustering, after: Clustering, divided: Sequence[Sequence[Sequence[Key]]]
) -> Iterator[Example]:
    for parts in divided:
        one, other = next(pairwise(parts))
        pairs = [(left, right) for left in one[:_TRIED] for right in other[:_TRIED]]
        left, right = after.likeliest(pairs)
        told = after.explain(left, right)
        yield Example(left, right, told.why, before.explain(left, right).odds, told.odds)
