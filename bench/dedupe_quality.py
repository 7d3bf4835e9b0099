"""Quality and cost of dedupe on lists with known truth, at its default settings.

    SLUICE_BENCH_DATA=FOLDER python bench/dedupe_quality.py [SET]... [--rows 100000]... [--worst 20]

FOLDER holds `matching/` and `companies/`. Every set runs in a process of its own, so that its CPU
seconds and peak memory are its own. The truth column is read here to judge the result; the engine
never sees it. `uk_employers` is two years of one register by company number (names, postcode and
address), the hardest on precision: whole groups of companies at one address. `--rows` adds lists
made by `bench/corrupt.py` with seed 7.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.corrupt import COLUMNS, rows
from dedupe.engine import cluster
from dedupe.record import Key, MatchRecord
from leads.lexicon.places.countries import country_code

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Measured:
    """What one set came to."""

    name: str
    count: int
    precision: float
    recall: float
    f1: float
    b_cubed: float
    cpu: float
    megabytes: int
    worst: tuple[str, ...]


def _one(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


def _chicago(row: Row) -> MatchRecord:
    return MatchRecord(
        row["rec_id"],
        row["name"],
        street=row["address"],
        postcode=row["zip"],
        phones=_one(row["phone"]),
    )


def _ror(row: Row) -> MatchRecord:
    """Name and country only: the other columns were copied from the entity."""
    return MatchRecord(row["rec_id"], row["name"], country=row["country"])


def _synthetic(row: Row) -> MatchRecord:
    country = country_code(row["country"]) or row["country"]
    return MatchRecord(
        row["rec_id"], row["name"], country=country, city=row["city"], domains=_one(row["domain"])
    )


def _made(row: Row) -> MatchRecord:
    return MatchRecord(
        int(row["rec_id"]),
        row["name"],
        country=row["country"],
        city=row["city"],
        postcode=row["postcode"],
        domains=_one(row["domain"]),
        phones=_one(row["phone"]),
    )


def _employer(row: Row) -> MatchRecord:
    return MatchRecord(
        row["rec_id"],
        row["EmployerName"],
        country="GB",
        postcode=row["PostCode"],
        street=row["Address"],
    )


def _read(path: Path) -> Iterator[Row]:
    with path.open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _employers(folder: Path) -> Iterator[Row]:
    for year in ("2019", "2021"):
        for at, row in enumerate(_read(folder / f"companies/uk-employers-{year}.csv")):
            if row["CompanyNumber"]:
                yield row | {"rec_id": f"{year}-{at}", "entity_id": row["CompanyNumber"]}


SETS: dict[str, tuple[Callable[[Path], Iterator[Row]], Callable[[Row], MatchRecord]]] = {
    "chicago_ecp": (lambda folder: _read(folder / "matching/chicago_ecp.csv"), _chicago),
    "ror_companies": (lambda folder: _read(folder / "matching/ror_companies.csv"), _ror),
    "synthetic_10k": (lambda folder: _read(folder / "matching/synthetic_10k.csv"), _synthetic),
    "uk_employers": (_employers, _employer),
}


def load(name: str, folder: Path) -> tuple[list[MatchRecord], dict[Key, str]]:
    """The rows of a set and the entity of each."""
    if name.isdigit():
        made: Iterator[Row] = (
            dict(zip(COLUMNS, row, strict=True)) for row in rows(int(name), folder, 7)
        )
        pairs = [(_made(row), row["entity_id"]) for row in made]
    else:
        read, record = SETS[name]
        pairs = [(record(row), row["entity_id"]) for row in read(folder)]
    return [one for one, _ in pairs], {one.key: truth for one, truth in pairs}


def _pairs(sizes: Counter[object] | Counter[str]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def judge(
    clusters: Sequence[Sequence[Key]], truth: dict[Key, str]
) -> tuple[float, float, float, float]:
    """Pairwise precision, recall and F1, and B-cubed F1."""
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
    """Clusters that hold several entities, then entities that lie in several clusters, the largest
    first.
    """
    names = {record.key: record.name for record in records}
    mixed = sorted(
        (keys for keys in clusters if len({truth[key] for key in keys}) > 1), key=len, reverse=True
    )
    for keys in mixed[:count]:
        yield "merged: " + " | ".join(sorted({f"{names[key]} <{truth[key]}>" for key in keys})[:6])
    parts: dict[str, list[str]] = defaultdict(list)
    for keys in clusters:
        for entity in {truth[key] for key in keys}:
            parts[entity].append(next(names[key] for key in keys if truth[key] == entity))
    for split in sorted(
        (found for found in parts.values() if len(found) > 1), key=len, reverse=True
    )[:count]:
        yield "missed: " + " | ".join(split[:6])


def measure(name: str, folder: Path, worst: int) -> Measured:
    """Run one set."""
    records, truth = load(name, folder)
    before = time.process_time()
    clusters = cluster(records).clusters
    cpu = time.process_time() - before
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Measured(
        name,
        len(records),
        *judge(clusters, truth),
        cpu,
        megabytes,
        tuple(_worst(records, clusters, truth, worst)),
    )


def main() -> None:
    """Measure the sets named, or all of them, and print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sets", nargs="*", default=[])
    parser.add_argument(
        "--rows", action="append", default=[], help="also a made list of so many rows"
    )
    parser.add_argument(
        "--worst", type=int, default=0, help="show so many of the worst errors of each kind"
    )
    given = parser.parse_args()
    folder = Path(os.environ["SLUICE_BENCH_DATA"])
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} CPUs")
    print(f"{'set':16}{'rows':>9}{'P':>8}{'R':>8}{'F1':>8}{'B3':>8}{'CPU s':>8}{'MB':>7}")
    for name in [*(given.sets or ([] if given.rows else SETS)), *given.rows]:
        with get_context("spawn").Pool(1) as pool:
            one = pool.apply(measure, (name, folder, given.worst))
        print(
            f"{one.name:16}{one.count:9,}{one.precision:8.4f}{one.recall:8.4f}{one.f1:8.4f}{one.b_cubed:8.4f}{one.cpu:8.2f}{one.megabytes:7,}",
            *one.worst,
            sep="\n    ",
        )


if __name__ == "__main__":
    main()
