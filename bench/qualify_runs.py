"""The measured runs of `bench/qualify_speed.py`, each in a process of its own so that its memory is its own.

python bench/qualify_runs.py evaluate|diff|explain|store FOLDER...
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qualify_facts import TODAY, load

from leads.facts import Fact
from leads.ids import new_id
from leads.store import Tx, clients, companies, facts
from leads.store.clients import StoredIcp
from leads.store.companies import CompanyRow
from leads.store.facts import Subject
from leads.store.migrate import open_store, upgrade
from qualify.difference import difference
from qualify.evaluate import evaluate
from qualify.frames import Frames
from qualify.icp import Icp, load_icp
from qualify.run.comparing import compare
from qualify.run.deciding import decide
from qualify.vector import outcomes

TEXT = (Path(__file__).parent / "qualify_speed.yaml").read_text(encoding="utf-8")
CHANGED = TEXT.replace("version: 1", "version: 2").replace("at_least: 20}", "at_least: 30}").replace("5_000_000", "3_000_000")
BATCH = 500


def icp(text: str = TEXT) -> Icp:
    """The profile of the bench."""
    return load_icp(text, "bench/qualify_speed.yaml")


def timed(work: Callable[[], Any]) -> float:
    """Seconds that some work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def peak() -> int:
    """Megabytes this process has held at most."""
    # `getrusage` would tell of the process that started this one, too.
    (line,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) // 1024


def run_evaluate(*folders: str) -> dict[str, Any]:
    """Evaluate every folder's companies, one folder after the other, three times each."""
    profile, took, size, worked = icp(), [0.0, 0.0, 0.0], 0, 0.0
    for folder in folders:
        frames = load(Path(folder))
        size += frames.size
        began = time.process_time()
        for turn in range(3):
            took[turn] += timed(lambda frames=frames: [len(part.verdict) for part in outcomes(profile, frames, TODAY)])  # type: ignore[misc]
        worked += time.process_time() - began
    return {"companies": size, "seconds": took, "cpu_seconds": worked / 3, "peak_mb": peak()}


def run_diff(folder: str) -> dict[str, Any]:
    """Compare two versions."""
    frames = load(Path(folder))
    return {"seconds": timed(lambda: difference(icp(), icp(CHANGED), frames, TODAY)), "peak_mb": peak()}


def run_explain(folder: str) -> dict[str, Any]:
    """Explain a thousand companies one by one."""
    frames, profile = load(Path(folder)), icp()
    held = [frames.facts(number, frames.columns) for number in range(1000)]
    for some in held:
        evaluate(profile, some, TODAY)
    began = time.process_time()
    took = sorted(timed(lambda some=some: evaluate(profile, some, TODAY)) for some in held)  # type: ignore[misc]
    each = (time.process_time() - began) / len(held)
    return {"median_ms": statistics.median(took) * 1000, "p99_ms": took[989] * 1000, "worst_ms": took[-1] * 1000, "cpu_ms": each * 1000}


def run_store(folder: str, size: str) -> dict[str, Any]:
    """From facts in a SQLite store to stored verdicts, and a comparison from the store."""
    frames = load(Path(folder)).part(0, int(size))
    with tempfile.TemporaryDirectory() as home:
        url = f"sqlite:///{home}/sluice.db"
        upgrade(url)
        store = open_store(url)
        with store.write() as tx:
            client_id, campaign_id, ids = _fill(tx, frames)

        def verdicts() -> None:
            for start in range(0, len(ids), BATCH):
                with store.write() as tx:
                    decide(tx, client_id, campaign_id, ids[start : start + BATCH], TODAY)

        first, again = timed(verdicts), timed(verdicts)
        with store.read() as tx:
            compared = timed(lambda: compare(tx, client_id, icp(), icp(CHANGED), TODAY))
        store.close()
    return {"companies": len(ids), "first": first, "again": again, "diff": compared, "peak_mb": peak()}


def _fill(tx: Tx, frames: Frames) -> tuple[Any, Any, list[Any]]:
    client_id = clients.client_of(tx, "default").id
    campaign_id = clients.campaign_of(tx, client_id, "bench", make=True).id
    clients.use_icp(tx, client_id, campaign_id, StoredIcp(new_id(), "bench", 1, TEXT), icp().content_hash)
    ids = [new_id() for _ in range(frames.size)]
    companies.add_companies(tx, client_id, "legal_entity", [CompanyRow(one, f"Company {place}", "") for place, one in enumerate(ids)])
    held: list[tuple[Subject, Fact]] = []
    for place, one in enumerate(ids):
        for fact in frames.facts(place, frames.columns):
            own = Fact(id=new_id(), attribute=fact.attribute, value=fact.value, evidence=fact.evidence, client_id=client_id)
            held.append((Subject(company_id=one), own))
    facts.add(tx, held)
    return client_id, campaign_id, ids


if __name__ == "__main__":
    RUNS: dict[str, Callable[..., dict[str, Any]]] = {
        "evaluate": run_evaluate,
        "diff": run_diff,
        "explain": run_explain,
        "store": run_store,
    }
    print(json.dumps(RUNS[sys.argv[1]](*sys.argv[2:])))
