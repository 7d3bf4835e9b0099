"""Explain for each blocking key why it did or did not pair two rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dedupe.arrays import Ints
from dedupe.block import Block, near, pair_code
from dedupe.clustering import Clustering
from dedupe.given_pairs import cores_of
from dedupe.names_table import Names
from dedupe.record import Key


@dataclass(frozen=True, slots=True)
class KeyExplanation:
    """The result of one blocking key for two rows."""

    key: str
    together: bool
    #: The shared value, or why the key did not pair them.
    says: str


def explain_keys(found: Clustering, left: Key, right: Key) -> list[KeyExplanation]:
    """Explain every key in order of use. Rows with one name skip keys about spelling."""
    table = found.table
    one, other = (int(table.node_of[found.row_of[key]]) for key in (left, right))
    names = [cores_of(table, node) for node in (one, other)]
    by_name, by_node = found.blocking
    if len(np.intersect1d(names[0], names[1])):
        by_name = []
    explained = [
        _if_alike(_explain(block, names[0], names[1]), names[0], names[1], table.names)
        for block in by_name
    ]
    return [*explained, *(_explain(block, np.array([one]), np.array([other])) for block in by_node)]


def _if_alike(explained: KeyExplanation, left: Ints, right: Ints, names: Names) -> KeyExplanation:
    """For neighbour keys, mark pairs whose letters are too different as not paired."""
    if not explained.together:
        return explained
    count = len(names.cores)
    pairs = pair_code(np.repeat(left, len(right)), np.tile(right, len(left)), count)
    if len(near(explained.key, pairs, count, names)):
        return explained
    return KeyExplanation(
        explained.key,
        together=False,
        says="they are neighbours, but their letters are too different",
    )


def _explain(block: Block, left: Ints, right: Ints) -> KeyExplanation:
    key, codes, members, cap, window, texts = block
    mine, theirs = (np.flatnonzero(np.isin(members, side) & (codes >= 0)) for side in (left, right))
    if not len(mine) or not len(theirs):
        return KeyExplanation(
            key, together=False, says="one of them has no value that other rows share"
        )
    shared = np.intersect1d(codes[mine], codes[theirs])
    if not len(shared):
        return KeyExplanation(key, together=False, says="they share no value")
    return max(
        (_crowd(key, codes, int(code), (mine, theirs), cap, window, texts) for code in shared),
        key=lambda explained: explained.together,
    )


def _crowd(
    key: str,
    codes: Ints,
    code: int,
    places: tuple[Ints, Ints],
    cap: int,
    window: int,
    texts: list[str],
) -> KeyExplanation:
    """Check whether two rows sharing a value were compared: all in small blocks, else
    neighbours.
    """
    crowd = np.flatnonzero(codes == code)
    mine, theirs = (np.searchsorted(crowd, place[codes[place] == code]) for place in places)
    apart = int(np.abs(mine[:, None] - theirs[None, :]).min())
    value = f" {texts[code][:60]!r}" if code < len(texts) else ""
    near = len(crowd) <= cap or apart <= window
    if key in ("spelling order", "order of the ends"):
        return KeyExplanation(
            key, near, f"they are {apart:,} places apart; up to {window} are compared"
        )
    if near:
        return KeyExplanation(
            key, together=True, says=f"both have{value}" if value else "both have the same"
        )
    far = f"they are {apart:,} places apart, which is more than {window}"
    return KeyExplanation(
        key,
        together=False,
        says=f"{len(crowd):,} share{value or ' it'}, so only neighbours are compared, and {far}",
    )
