"""Cluster corrupted rows on Spark: edges beside those of one process, and the memory of workers.

    python -m bench.scale_spark 200000 --master 'local-cluster[2,1,1024]'
    python -m bench.scale_spark 10000000 --without-local

Needs `sluice[spark]`, a JDK, and the lists of `SLUICE_BENCH_DATA` that `bench/corrupt.py` names. The
rows are written as Parquet. Both engines then read them and compare; `--without-local` leaves out
the one process, which needs 1.9 GB for a million rows. The memory of a worker is that of its JVM
and of its Python processes, each page that several share counted in parts.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pyarrow.parquet

from bench.corrupt import COLUMNS, rows
from dedupe.engine import cluster
from dedupe.outcome import Strictness
from dedupe.partitions.around import records_of
from dedupe.partitions.columns import RECORDS, columns_of, ints, table_of, texts
from dedupe.partitions.comparing import HowSure
from dedupe.partitions.engine import Compared, compare
from dedupe.record import MatchRecord
from leads.company_kind import CompanyIs
from leads.spark import SparkFlow, spark_session

_HOW = HowSure(CompanyIs.LEGAL_ENTITY, Strictness.BALANCED)
_AT_ONCE = 100_000
_ROWS_A_BUCKET = 50_000
_EXECUTOR = "CoarseGrainedExecutorBackend"


def write_rows(count: int, seed: int, path: Path) -> None:
    """Write corrupted rows as Parquet with the columns that are compared."""
    made = (dict(zip(COLUMNS, row, strict=True)) for row in rows(count, _data(), seed))
    with pyarrow.parquet.ParquetWriter(path, RECORDS) as writer:
        numbered = enumerate(made, 1)
        while some := list(islice(numbered, _AT_ONCE)):
            records = [_record(str(number), row) for number, row in some]
            writer.write_table(table_of(RECORDS, **columns_of(records)))


def _data() -> Path:
    return Path(os.environ["SLUICE_BENCH_DATA"])


def _record(key: str, row: dict[str, str]) -> MatchRecord:
    stated = {name: row[name] for name in ("name", "country", "city", "postcode")}
    several = {f"{name}s": (row[name],) if row[name] else () for name in ("domain", "phone")}
    return MatchRecord(key, **stated, **several)  # type: ignore[arg-type]


class Watch:
    """Watches the memory of the workers of Spark, in megabytes."""

    def __init__(self) -> None:
        self.most: dict[int, float] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.wait(2):
            parents = dict(_processes())
            workers = [one for one in parents if _EXECUTOR in _command(one)]
            for worker in workers:
                family = _family(worker, parents)
                used = sum(map(_megabytes, family))
                self.most[worker] = max(self.most.get(worker, 0), used)


def _processes() -> Iterator[tuple[int, int]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        yield int(folder.name), int(stat[1])


def _command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text(errors="replace")
    except OSError:
        return ""


def _family(process: int, parents: dict[int, int]) -> list[int]:
    found = [process]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def _megabytes(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def on_spark(path: Path, count: int, master: str, folder: str) -> tuple[int, str]:
    """Compare the rows on Spark; return the number of edges, and a checksum of edges and clusters."""
    began = time.monotonic()
    with spark_session(master) as session:
        buckets = max(count // _ROWS_A_BUCKET, 1)
        session.conf.set("spark.sql.shuffle.partitions", str(min(max(buckets, 8), 400)))
        flow = SparkFlow(session, folder)
        found = compare(
            flow,
            session.read.parquet(str(path)),
            _HOW,
            buckets,
            lambda stage: print(f"{time.monotonic() - began:7.0f} s  {stage}", flush=True),
        )
        edges = found.edges.count()
        print(f"{time.monotonic() - began:7.0f} s  {edges:,} edges", flush=True)
        return edges, _checksum_of(flow, found) if count <= 1_000_000 else ""


def _checksum_of(flow: SparkFlow, found: Compared) -> str:
    nodes, edges = flow.collect(found.nodes), flow.collect(found.edges)
    keys = dict(zip(ints(nodes, "id").tolist(), texts(nodes, "key"), strict=True))
    sides = zip(*(texts(edges, name) for name in ("left", "right", "odds")), strict=True)
    return checksum((keys[left], keys[right], odds) for left, right, odds in sides)


def checksum(edges: Iterator[tuple[str, str, float]]) -> str:
    """Return a checksum of edges in any order."""
    lines = sorted(f"{min(one, other)} {max(one, other)} {odds!r}" for one, other, odds in edges)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def in_one_process(path: Path) -> tuple[int, str]:
    """Compare the rows in this process."""
    records = records_of(pyarrow.parquet.read_table(path))
    found = cluster(records)
    edges = [(str(one.left), str(one.right), one.odds) for one in found.edges]
    return len(edges), checksum(iter(edges))


def main() -> None:
    """Run both, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("count", type=int)
    parser.add_argument("--master", default="local-cluster[2,1,1024]")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--without-local", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Watch() as watch:
        path = Path(folder) / "rows.parquet"
        write_rows(asked.count, asked.seed, path)
        spark = on_spark(path, asked.count, asked.master, f"{folder}/work")
        megabytes = ", ".join(f"{one:,.0f} MB" for one in watch.most.values())
        print(f"Spark: {spark[0]:,} edges, {spark[1]}; workers: {megabytes}")
        if not asked.without_local:
            local = in_one_process(path)
            print(f"one process: {local[0]:,} edges, {local[1]}")
            print("equal" if local == spark else "NOT EQUAL")


if __name__ == "__main__":
    main()
