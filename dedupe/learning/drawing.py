"""Draw the pairs whose answers teach most: doubtful ones, of every kind of disagreement."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from dedupe.arrays import Ints
from dedupe.clustering import Clustering
from dedupe.disagreements import disagreements
from dedupe.features import measured
from dedupe.given_pairs import paired
from dedupe.outcome import REVIEWED
from dedupe.record import Key
from dedupe.review import DOUBTFUL
from dedupe.score import weights_for

#: Pairs further from even odds than this teach nothing.
_FAR = 6.0
#: Pairs whose kind is looked at, closest to even odds first.
_MOST = 5_000
#: One pair in so many is further from even odds.
_CLEARER_ONE_IN = 5


@dataclass(frozen=True, slots=True)
class Drawn:
    """Two rows to ask a person about."""

    left: Key
    right: Key
    odds: float
    #: What speaks against the pair, and what agrees.
    kind: str


def in_turn(kinds: Sequence[str], odds: Sequence[float]) -> list[int]:
    """Order pairs so that each kind has its turn, the most doubtful of a kind first."""
    members: dict[str, list[int]] = {}
    for at in sorted(range(len(kinds)), key=lambda at: (abs(odds[at]), at)):
        members.setdefault(kinds[at], []).append(at)
    turns = [
        (turn, abs(odds[at]), at) for every in members.values() for turn, at in enumerate(every)
    ]
    return [at for _, _, at in sorted(turns)]


def draw(
    found: Clustering, count: int, asked: Collection[frozenset[Key]] = frozenset()
) -> list[Drawn]:
    """Draw at most `count` pairs that nobody was asked about; the same list, the same pairs.

    Every fifth is a clearer one: it shows that the weights are right where they are sure.
    """
    odds = found.compared.odds
    doubtful = (odds > -REVIEWED) & (odds < DOUBTFUL)
    zones = (doubtful, ~doubtful & (np.abs(odds) < _FAR))
    near, far = (
        _in_turn(found, _nearest(found, np.flatnonzero(zone), asked))[:count] for zone in zones
    )
    drawn: list[Drawn] = []
    while len(drawn) < count and (near or far):
        clearer = (len(drawn) % _CLEARER_ONE_IN == _CLEARER_ONE_IN - 1 and far) or not near
        drawn.append((far if clearer else near).pop(0))
    return drawn


def _nearest(found: Clustering, zone: Ints, asked: Collection[frozenset[Key]]) -> Ints:
    """Return the pairs closest to even odds, without those that were asked or decided."""
    compared = found.compared
    order = np.lexsort((compared.right[zone], compared.left[zone], np.abs(compared.odds[zone])))
    known = _nodes_of(found, [*asked, *map(frozenset, _decided(found))])
    chosen: list[int] = []
    for at in zone[order].tolist():
        if (int(compared.left[at]), int(compared.right[at])) not in known:
            chosen.append(at)
        if len(chosen) >= _MOST:
            break
    return np.array(chosen, dtype=np.int64)


def _decided(found: Clustering) -> list[tuple[Key, Key]]:
    return [*found.decisions.same, *found.decisions.different, *found.decisions.unsure]


def _nodes_of(found: Clustering, pairs: Collection[frozenset[Key]]) -> set[tuple[int, int]]:
    nodes = set()
    for pair in pairs:
        sides = sorted(
            int(found.table.node_of[found.row_of[key]]) for key in pair if key in found.row_of
        )
        if len(sides) == 2:
            nodes.add((sides[0], sides[1]))
    return nodes


def _in_turn(found: Clustering, chosen: Ints) -> list[Drawn]:
    if not len(chosen):
        return []
    # In the order of their codes, as they come back measured.
    chosen = chosen[np.lexsort((found.compared.right[chosen], found.compared.left[chosen]))]
    left, right = found.compared.left[chosen], found.compared.right[chosen]
    pairs = paired(found.table, left, right)
    parts = measured(pairs) * weights_for(found.company_is, found.learned)
    kinds = disagreements(pairs, parts, found.company_is)
    odds = found.compared.odds[chosen].tolist()
    keys, row_of = found.table.keys, found.table.row_of
    return [
        Drawn(
            keys[int(row_of[left[at]])],
            keys[int(row_of[right[at]])],
            round(odds[at], 2),
            kinds[at],
        )
        for at in in_turn(kinds, odds)
    ]
