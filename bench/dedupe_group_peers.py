"""Count wrong merges and misses of every tool among pairs of well-known companies inside a list."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.dedupe_groups import Pair, around, file_of, measure_groups, pairs_of, record_of
from bench.peer_figures import PeerFigures
from bench.peer_rows import write_rows
from bench.peer_run import Peer, environment, run
from dedupe.correlate import components


def measured_groups(
    name: str,
    chosen: Sequence[Peer],
    folder: Path,
    environments: Path,
    seconds: float,
    figures: PeerFigures,
) -> Iterator[dict[str, Any]]:
    """Yield the figures of Sluice in four settings, and those of its peers in the two of a list."""
    for told in measure_groups(name, folder):
        yield {
            "table": "groups",
            "set": name,
            "setting": told.setting,
            "peer": "sluice",
            "title": "Sluice",
            "different": told.different,
            "same": told.same,
            "merged": len(told.merged),
            "missed": len(told.missed),
            "review_of_same": told.review_of_same,
            "review_of_different": told.review_of_different,
        }
    pairs = pairs_of(file_of(name, folder))
    for setting in ("in a list, country", "in a list, city"):
        for peer in chosen:
            if peer.install and not peer.labels:
                counts = _counted(peer, pairs, folder, environments, seconds, figures, setting)
                line = {"table": "groups", "set": name, "setting": setting, "peer": peer.name}
                yield {**line, "title": peer.title, **counts}


def _counted(
    peer: Peer,
    pairs: Sequence[Pair],
    folder: Path,
    environments: Path,
    seconds: float,
    figures: PeerFigures,
    setting: str,
) -> dict[str, Any]:
    """Run a peer on the list with the pairs, and count them."""
    city = setting.endswith("city")
    asked = [tuple(record_of(row, city=city) for row in pair.rows) for pair in pairs]
    records = [*around(folder, city=city), *(one for two in asked for one in two)]
    keys = [(str(one.key), str(other.key)) for one, other in asked]
    place = {str(record.key): at for at, record in enumerate(records)}
    with tempfile.TemporaryDirectory(prefix="sluice-bench-") as temporary:
        rows, found = Path(temporary) / "rows.csv", Path(temporary) / "pairs.csv"
        write_rows(records, rows)

        def counted() -> dict[str, Any]:
            ran = run(peer, environment(peer, environments), [rows, found], seconds)
            if ran.failed:
                return {"failed": ran.failed}
            edges = _matches(found, place, peer.threshold)
            cluster = components(len(records), edges[:, 0], edges[:, 1])
            together = [bool(cluster[place[a]] == cluster[place[b]]) for a, b in keys]
            return _outcomes(pairs, together)

        return figures.of(peer, [rows], seconds, counted)


def _outcomes(pairs: Sequence[Pair], together: Sequence[bool]) -> dict[str, Any]:
    both = list(zip(pairs, together, strict=True))
    same = sum(pair.same for pair in pairs)
    return {
        "different": len(pairs) - same,
        "same": same,
        "merged": sum(found and not pair.same for pair, found in both),
        "missed": sum(pair.same and not found for pair, found in both),
    }


def _matches(file: Path, place: dict[str, int], threshold: float) -> np.ndarray[Any, Any]:
    with file.open(newline="", encoding="utf-8") as stream:
        edges = [
            (place[row["left"]], place[row["right"]])
            for row in csv.DictReader(stream)
            if float(row["score"]) >= threshold
        ]
    return np.array(edges, dtype=np.int64).reshape(-1, 2)
