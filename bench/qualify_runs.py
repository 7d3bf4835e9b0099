"""The measured runs of `bench/qualify_speed.py`, each in its own process to isolate its memory.

python -m bench.qualify_runs evaluate|diff|explain|store FOLDER...
python -m bench.qualify_runs verdicts|compare FILE
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from bench.qualify_facts import TODAY, load
from bench.qualify_store import make_store
from leads.store import campaigns, clients, companies
from leads.store.migrate import open_store
from qualify.bulk.difference import difference
from qualify.bulk.frames import Frames
from qualify.bulk.vector import outcomes
from qualify.decide.evaluate import evaluate
from qualify.profile.icp import Icp, load_icp
from qualify.run.comparing import compare
from qualify.run.deciding import decide

TEXT = (Path(__file__).parent / "qualify_speed.yaml").read_text(encoding="utf-8")
CHANGED = (
    TEXT.replace("version: 1", "version: 2")
    .replace("at_least: 20}", "at_least: 30}")
    .replace("5_000_000", "3_000_000")
)
BATCH = 500


def icp(text: str = TEXT) -> Icp:
    """Return the profile of the benchmark."""
    return load_icp(text, "bench/qualify_speed.yaml")


def timed(work: Callable[[], Any]) -> float:
    """Return the seconds that some work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def peak() -> int:
    """Return the peak memory of this process in megabytes."""
    # `getrusage` would include the parent process.
    (line,) = [
        line
        for line in Path("/proc/self/status").read_text().splitlines()
        if line.startswith("VmHWM")
    ]
    return int(line.split()[1]) // 1024


def _decide_all(profile: Icp, frames: Frames) -> list[int]:
    return [len(part.verdict) for part in outcomes(profile, frames, TODAY)]


def run_evaluate(*folders: str) -> dict[str, Any]:
    """Evaluate the companies of every folder, one after the other, three times each."""
    profile, took, size, worked = icp(), [0.0, 0.0, 0.0], 0, 0.0
    for folder in folders:
        frames = load(Path(folder))
        size += frames.size
        began = time.process_time()
        for turn in range(3):
            took[turn] += timed(partial(_decide_all, profile, frames))
        worked += time.process_time() - began
    return {"companies": size, "seconds": took, "cpu_seconds": worked / 3, "peak_mb": peak()}


def run_diff(folder: str) -> dict[str, Any]:
    """Compare two versions."""
    frames = load(Path(folder))
    return {
        "seconds": timed(lambda: difference(icp(), icp(CHANGED), frames, TODAY)),
        "peak_mb": peak(),
    }


def run_explain(folder: str) -> dict[str, Any]:
    """Explain a thousand companies one by one."""
    frames, profile = load(Path(folder)), icp()
    held = [frames.facts(number, frames.columns) for number in range(1000)]
    for some in held:
        evaluate(profile, some, TODAY)
    began = time.process_time()
    took = sorted(timed(lambda some=some: evaluate(profile, some, TODAY)) for some in held)  # type: ignore[misc]
    each = (time.process_time() - began) / len(held)
    return {
        "median_ms": statistics.median(took) * 1000,
        "p99_ms": took[989] * 1000,
        "worst_ms": took[-1] * 1000,
        "cpu_ms": each * 1000,
    }


def run_store(folder: str, size: str) -> dict[str, Any]:
    """Evaluate from a SQLite store, twice, and compare versions; one batch per transaction."""
    with tempfile.TemporaryDirectory() as home:
        file = Path(home) / "sluice.db"
        made = timed(lambda: make_store(file, load(Path(folder)).part(0, int(size)), icp(), TEXT))
        megabytes = file.stat().st_size // 1_000_000
        parts = [
            _measured("verdicts", file),
            _measured("verdicts", file),
            _measured("compare", file),
        ]
    names = ("first", "again", "diff")
    return {
        "companies": int(size),
        "made": made,
        "megabytes": megabytes,
        **dict(zip(names, parts, strict=True)),
    }


def _measured(what: str, file: Path) -> dict[str, Any]:
    # Each in its own process: the one that created the store held all of its companies.
    done = subprocess.run(
        [sys.executable, __file__, what, str(file)], check=True, capture_output=True, text=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    print(f"{what}: {found}", file=sys.stderr)
    return found


def run_verdicts(file: str) -> dict[str, Any]:
    """Evaluate every company of a store."""
    store = open_store(f"sqlite:///{file}")
    with store.read() as tx:
        client_id, campaign_id = (
            clients.client_of(tx, "default").id,
            campaigns.campaign_of(tx, clients.client_of(tx, "default").id, None).id,
        )
        ids = sorted(companies.companies_of(tx, client_id))

    def verdicts() -> None:
        for start in range(0, len(ids), BATCH):
            with store.write() as tx:
                decide(tx, client_id, campaign_id, ids[start : start + BATCH], TODAY)

    began = time.process_time()
    return {
        "seconds": timed(verdicts),
        "cpu_seconds": time.process_time() - began,
        "peak_mb": peak(),
    }


def run_compare(file: str) -> dict[str, Any]:
    """Compare two versions over every company of a store."""
    store = open_store(f"sqlite:///{file}")
    with store.read() as tx:
        client_id = clients.client_of(tx, "default").id
        took = timed(lambda: compare(tx, client_id, icp(), icp(CHANGED), TODAY))
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    worked = sum(one.ru_utime + one.ru_stime for one in used)
    return {
        "seconds": took,
        "cpu_seconds": worked,
        "peak_mb": max(peak(), used[1].ru_maxrss // 1024),
    }


if __name__ == "__main__":
    RUNS: dict[str, Callable[..., dict[str, Any]]] = {
        "evaluate": run_evaluate,
        "diff": run_diff,
        "explain": run_explain,
        "store": run_store,
        "verdicts": run_verdicts,
        "compare": run_compare,
    }
    print(json.dumps(RUNS[sys.argv[1]](*sys.argv[2:])))
