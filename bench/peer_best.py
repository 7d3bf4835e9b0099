"""The score of a tool at its default threshold, and at the best one, which users cannot know."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from bench.judge import Labels, Score, judged
from bench.peer_run import Peer
from dedupe.correlate import components, correlate
from dedupe.engine import cluster
from dedupe.record import MatchRecord


def best_and_default(
    peer: Peer, file: Path, place: dict[str, int], truth: Labels
) -> tuple[Score, Score, float]:
    """Return the score at the peer's default threshold, its best score, and its threshold."""
    with file.open(newline="", encoding="utf-8") as stream:
        found = [
            (place[row["left"]], place[row["right"]], float(row["score"]))
            for row in csv.DictReader(stream)
        ]
    left, right = (np.array([pair[at] for pair in found], dtype=np.int64) for at in (0, 1))
    scores = np.array([pair[2] for pair in found])
    at = {
        limit: judged(
            components(len(truth), left[scores >= limit], right[scores >= limit]).astype(np.int64),
            truth,
        )
        for limit in (peer.threshold, *peer.thresholds)
    }
    best = max(at, key=lambda limit: at[limit].f1)
    return at[peer.threshold], at[best], best


def best_of_ours(records: list[MatchRecord], truth: Labels) -> tuple[Score, float]:
    """Return the best score of Sluice over other priors; it has no user-settable threshold."""
    found = cluster(records)
    pairs, nodes = found.compared, found.table.node_of
    at = {
        shift: judged(
            correlate(
                len(found.table),
                pairs.left,
                pairs.right,
                pairs.scored._replace(odds=pairs.odds - np.float32(shift)).between_groups,
            )[nodes].astype(np.int64),
            truth,
        )
        for shift in (-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0)
    }
    best = max(at, key=lambda shift: at[shift].f1)
    return at[best], best
