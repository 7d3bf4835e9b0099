"""Measure quality and cost of dedupe on lists with known truth, with default settings.

    SLUICE_BENCH_DATA=FOLDER python -m bench.dedupe_quality [--set SET]... [--rows COUNT]... [--worst 9]

FOLDER holds `matching/` and `companies/`. Every list runs in its own process, to measure its CPU
seconds and peak memory. The truth column is used only to score the result; the engine never sees
it. `bench/dedupe_sets.py` names the lists, of which `uk_employers` is two years of one register by
company number, the hardest for precision: whole groups of companies at one address. `groups`,
`bare_names` and `groups_dev` are pairs, see `bench/dedupe_groups.py`. *In review* is the share of
the true pairs that the engine leaves to a person, *reviews* how many questions these and others
make.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.dedupe_groups import lines, review_pairs
from bench.dedupe_sets import SETS, load
from dedupe.clustering import Clustering
from dedupe.engine import cluster
from dedupe.record import Key, MatchRecord

GROUPS = ("groups", "bare_names", "groups_dev")
CORRUPTED = ("100000@11", "100000@23", "100000@42")


@dataclass(frozen=True, slots=True)
class Measured:
    """The result of one set."""

    name: str
    count: int
    precision: float
    recall: float
    f1: float
    b_cubed: float
    cpu: float
    megabytes: int
    #: Share of the true pairs that are left to a person, and how many pairs are.
    in_review: float
    reviews: int
    worst: tuple[str, ...]


def _pairs(sizes: Counter[object] | Counter[str]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def judge(
    clusters: Sequence[Sequence[Key]], truth: dict[Key, str]
) -> tuple[float, float, float, float]:
    """Return pairwise precision, recall and F1, and B-cubed F1."""
    inside = [Counter(truth[key] for key in keys) for keys in clusters]
    entities = Counter(truth.values())
    right = sum(map(_pairs, inside))
    told = sum(len(keys) * (len(keys) - 1) // 2 for keys in clusters)
    there = _pairs(entities)
    precision, recall = right / max(told, 1), right / max(there, 1)
    rows_ = len(truth)
    b_precision = (
        sum(
            n * n / len(keys)
            for keys, found in zip(clusters, inside, strict=True)
            for n in found.values()
        )
        / rows_
    )
    b_recall = (
        sum(n * n / entities[entity] for found in inside for entity, n in found.items()) / rows_
    )
    return precision, recall, _f1(precision, recall), _f1(b_precision, b_recall)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(precision + recall, 1e-9)


def _worst(
    records: Sequence[MatchRecord],
    clusters: Sequence[Sequence[Key]],
    truth: dict[Key, str],
    count: int,
) -> Iterator[str]:
    """Print clusters with several entities, then entities in several clusters, largest first."""
    names = {record.key: record.name for record in records}
    mixed = [keys for keys in clusters if len({truth[key] for key in keys}) > 1]
    for keys in sorted(mixed, key=len, reverse=True)[:count]:
        yield "merged: " + " | ".join(sorted({f"{names[key]} <{truth[key]}>" for key in keys})[:6])

    for split in sorted(_in_parts(names, clusters, truth), key=len, reverse=True)[:count]:
        yield "missed: " + " | ".join(split[:6])


def _in_parts(
    names: dict[Key, str], clusters: Sequence[Sequence[Key]], truth: dict[Key, str]
) -> list[list[str]]:
    """Return one name of each part of the entities that are in several clusters."""
    parts: dict[str, list[str]] = defaultdict(list)
    for keys in clusters:
        first_of = {truth[key]: names[key] for key in reversed(keys)}
        for entity, name in first_of.items():
            parts[entity].append(name)
    return [found for found in parts.values() if len(found) > 1]


class InReview(NamedTuple):
    """What a person is asked about."""

    #: The share of all true pairs that are between two clusters of a question.
    share: float
    questions: int
    #: Questions whose two clusters hold rows of one company.
    same: int


def in_review(found: Clustering, truth: dict[Key, str]) -> InReview:
    """Count the questions for a person, and the true pairs they hold."""
    place = {key: at for at, keys in enumerate(found.clusters) for key in keys}
    inside = [Counter(truth[key] for key in keys) for keys in found.clusters]
    asked = {
        (min(place[one], place[other]), max(place[one], place[other]))
        for one, other in review_pairs(found)
    }
    held = sum(
        times * inside[other][entity]
        for one, other in asked
        for entity, times in inside[one].items()
    )
    same = sum(not inside[one].keys().isdisjoint(inside[other]) for one, other in asked)
    return InReview(held / max(_pairs(Counter(truth.values())), 1), len(asked), same)


def measure(name: str, folder: Path, worst: int) -> Measured:
    """Run one set."""
    records, truth = load(name, folder)
    before = time.process_time()
    found = cluster(records)
    clusters = found.clusters
    cpu = time.process_time() - before
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Measured(
        name,
        len(records),
        *judge(clusters, truth),
        cpu,
        megabytes,
        *in_review(found, truth)[:2],
        tuple(_worst(records, clusters, truth, worst)),
    )


def main() -> None:
    """Measure the named sets, or all of them, and print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sets", nargs="*", default=[])
    parser.add_argument("--set", action="append", default=[], help="the same as a name")
    parser.add_argument(
        "--rows", action="append", default=[], help="also a generated list with this many rows"
    )
    parser.add_argument(
        "--worst", type=int, default=0, help="show this many of the worst errors of each kind"
    )
    given = parser.parse_args()
    folder = Path(os.environ["SLUICE_BENCH_DATA"])
    named = [*given.sets, *given.set, *given.rows] or [*GROUPS, *SETS, *CORRUPTED]
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} CPUs")
    for name in (name for name in named if name in GROUPS):
        print(*lines(name, folder, given.worst), sep="\n", flush=True)
    if lists := [name for name in named if name not in GROUPS]:
        _print_table(lists, folder, given.worst)


def _print_table(names: Sequence[str], folder: Path, worst: int) -> None:
    print(
        f"{'set':16}{'rows':>9}{'P':>8}{'R':>8}{'F1':>8}{'B3':>8}{'CPU s':>8}{'MB':>7}"
        f"{'in review':>11}{'reviews':>9}"
    )
    for name in names:
        with get_context("spawn").Pool(1) as pool:
            one = pool.apply(measure, (name, folder, worst))
        print(
            f"{one.name:16}{one.count:9,}{one.precision:8.4f}{one.recall:8.4f}{one.f1:8.4f}"
            f"{one.b_cubed:8.4f}{one.cpu:8.2f}{one.megabytes:7,}{one.in_review:11.4f}"
            f"{one.reviews:9,}",
            *one.worst,
            sep="\n    ",
            flush=True,
        )


if __name__ == "__main__":
    main()
