"""Dedupe beside its peers on lists with known truth: quality, CPU seconds, memory, and the page
that says so.

    SLUICE_BENCH_DATA=FOLDER python bench/dedupe_peers.py [SET]... [--peers NAME,...] [--seconds
    N] [--keep FILE]

Every peer runs in an environment of its own with the versions of `bench/peers/peers.yaml`, on the
same rows, one after the other, and is stopped after its time. No peer but dedupe 3, which cannot
work without, is given labels. Scored pairs become clusters by closing them (that is what each peer
does or advises); Sluice's clusters are taken as they are. A set named by a number is made by
`bench/corrupt.py`. With all sets and peers the page `docs/bench/dedupe.md` is written anew.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

import numpy as np
import yaml

from bench.dedupe_quality import load, measure
from bench.judge import Labels, Score, judged
from bench.peer_run import HERE, Peer, Ran, environment, run
from dedupe.correlate import components, correlate
from dedupe.engine import cluster
from dedupe.record import Key, MatchRecord

SETS = ("chicago_ecp", "ror_companies", "synthetic_10k", "10000", "100000")
ALONE = "1000000"
SLUICE = Peer("sluice", "sluice_.py", "Sluice", 0.5, (0.5,))
_COLUMNS = {
    "country": "country",
    "city": "city",
    "postcode": "postcode",
    "domain": "domains",
    "phone": "phones",
    "address": "street",
}


def peers() -> list[Peer]:
    """Sluice and all that it is measured beside."""
    document = yaml.safe_load((HERE / "peers.yaml").read_text(encoding="utf-8"))
    listed = [
        Peer(
            name,
            one["program"],
            one["title"],
            one["threshold"],
            tuple(one["thresholds"]),
            tuple(one["install"]),
            one.get("labels", 0),
        )
        for name, one in document.items()
    ]
    return [SLUICE, *listed]


def write_rows(records: list[MatchRecord], file: Path) -> None:
    """The rows as the peers read them: without the truth, and without columns that the set has no
    value of.
    """
    values = {
        name: [_text(getattr(record, field)) for record in records]
        for name, field in _COLUMNS.items()
    }
    present = [name for name in _COLUMNS if any(values[name])]
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(("rec_id", "name", *present))
        writer.writerows(
            zip(
                (r.key for r in records),
                (r.name for r in records),
                *(values[name] for name in present),
                strict=True,
            )
        )


def _text(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else "".join(value[:1])


def write_labels(records: list[MatchRecord], truth: dict[Key, str], count: int, file: Path) -> None:
    """Pairs of rows with the truth about them: a third are one company, of the others most stand
    near each other by name.
    """
    rnd = random.Random(1)
    by_name = sorted(records, key=lambda record: record.name.casefold())
    entity: dict[str, list[Key]] = {}
    for record in records:
        entity.setdefault(truth[record.key], []).append(record.key)
    alike = [(keys[0], other) for keys in entity.values() for other in keys[1:]]
    pairs = [(one, other, 1) for one, other in rnd.sample(alike, min(count // 3, len(alike)))]
    while len(pairs) < count:
        at = rnd.randrange(len(by_name) - 4)
        one = by_name[at].key
        other = (
            by_name[at + rnd.randrange(1, 4)].key if rnd.random() < 0.6 else rnd.choice(by_name).key
        )
        if truth[one] != truth[other]:
            pairs.append((one, other, 0))
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(("left", "right", "same"))
        writer.writerows(pairs)


def best_and_default(
    peer: Peer, file: Path, place: dict[str, int], truth: Labels
) -> tuple[Score, Score, float]:
    """The score at the peer's default threshold, its best one, and where that is."""
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
    """What another prior would give Sluice; it has no threshold that a user could set."""
    found = cluster(records)
    pairs, nodes = found.compared, found.table.node_of
    at = {
        shift: judged(
            correlate(len(found.table), pairs.left, pairs.right, pairs.odds - np.float32(shift))[
                nodes
            ].astype(np.int64),
            truth,
        )
        for shift in (-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0)
    }
    best = max(at, key=lambda shift: at[shift].f1)
    return at[best], best


def measured(
    name: str, chosen: list[Peer], folder: Path, environments: Path, seconds: float
) -> Iterator[dict[str, Any]]:
    """One set, peer after peer."""
    records, truth = load(name, folder)
    place = {str(record.key): at for at, record in enumerate(records)}
    entities = np.unique([truth[record.key] for record in records], return_inverse=True)[1].astype(
        np.int64
    )
    with tempfile.TemporaryDirectory(prefix="sluice-bench-") as temporary:
        rows, pairs, labels = (
            Path(temporary) / file for file in ("rows.csv", "pairs.csv", "labels.csv")
        )
        write_rows(records, rows)
        for peer in chosen:
            if peer.labels:
                write_labels(records, truth, peer.labels, labels)
            python = environment(peer, environments)
            load_before = os.getloadavg()[0]
            ran = run(peer, python, [rows, pairs, *([labels] if peer.labels else [])], seconds)
            line = {
                "set": name,
                "rows": len(records),
                "peer": peer.name,
                "title": peer.title,
                "load": load_before,
                **asdict(ran),
            }
            if not ran.failed:
                default, best, at = best_and_default(peer, pairs, place, entities)
                if peer is SLUICE:
                    best, at = best_of_ours(records, entities)
                line |= {"default": asdict(default), "best": asdict(best), "best_at": at}
            else:
                line["log"] = pairs.with_suffix(".log").read_text(errors="replace")[-500:]
            yield line


def alone(name: str, folder: Path) -> dict[str, Any]:
    """A set that only Sluice is run on."""
    before = os.getloadavg()[0]
    one = measure(name, folder, 0)
    score = Score(one.precision, one.recall, one.f1, one.b_cubed)
    ran = Ran(one.cpu, one.cpu, one.megabytes)
    return {
        "set": name,
        "rows": one.count,
        "peer": "sluice",
        "title": "Sluice",
        "load": before,
        **asdict(ran),
        "default": asdict(score),
    }


def main() -> None:
    """Measure, print, keep, and write the page."""
    from multiprocessing import get_context

    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("sets", nargs="*", default=[])
    parser.add_argument(
        "--peers", default="", help="only these, divided by commas; the page is then left alone"
    )
    parser.add_argument(
        "--seconds",
        type=float,
        default=0,
        help="stop a peer after so long; default 240, above 50,000 rows 480",
    )
    parser.add_argument(
        "--environments",
        type=Path,
        default=Path(sys.prefix) / "bench-peers",
        help="where the peers' environments are",
    )
    parser.add_argument(
        "--keep",
        type=Path,
        default=None,
        help="also write the figures there, one JSON object a line",
    )
    given = parser.parse_args()
    folder = Path(os.environ["SLUICE_BENCH_DATA"])
    wanted = given.peers.split(",") if given.peers else []
    chosen = [peer for peer in peers() if not wanted or peer.name in wanted]
    lines: list[dict[str, Any]] = []
    for name in given.sets or [*SETS, ALONE]:
        if name == ALONE:
            with get_context("spawn").Pool(1) as pool:
                found = iter([pool.apply(alone, (name, folder))])
        else:
            limit = given.seconds or (480 if name.isdigit() and int(name) > 50_000 else 240)
            found = measured(name, chosen, folder, given.environments, limit)
        for line in found:
            lines.append(line)
            print(shown(line), flush=True)
            if given.keep:
                with given.keep.open("a", encoding="utf-8") as kept:
                    kept.write(json.dumps(line) + "\n")
    if not given.sets and not wanted:
        from bench.dedupe_page import write_page

        write_page(lines, folder)


def shown(line: dict[str, Any]) -> str:
    """One line of the table on the screen."""
    begin = f"{line['set']:14}{line['rows']:>9,}  {line['title']:24}"
    cost = f"{line['cpu']:8.1f} CPU s {line['megabytes']:6,} MB  load {line['load']:.1f}"
    if line["failed"]:
        return f"{begin}{line['failed']:>40}{cost}"
    default = line["default"]
    best = f"best {line['best']['f1']:.3f} at {line['best_at']}" if "best" in line else ""
    return (
        f"{begin}P {default['precision']:.3f} R {default['recall']:.3f} F1 {default['f1']:.3f} B3"
        f" {default['b_cubed']:.3f} {best:20}{cost}"
    )


if __name__ == "__main__":
    main()
