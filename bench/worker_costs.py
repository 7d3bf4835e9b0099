"""Measure the cost of ledger and queue per task as the ledger grows; compare with RQ and others.

    python -m bench.worker_costs [--small]

Services are started here, on sockets. procrastinate gets its own environment. Writes
docs/bench/workers.md.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from rq import Queue, SimpleWorker
from sqlalchemy import text

import workers.dispatch
import workers.tasks
from actions.session import Session
from bench.chaos.services import Postgres, RedisServer, services
from bench.made_ledger import grow
from bench.peer_run import Peer, environment
from leads.settings import load_settings
from leads.store import Store
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Wanted
from leads.store.migrate import upgrade
from tests.postgres import fresh_database
from workers.dispatch import dispatch
from workers.pipeline import BY_NAME, Kind
from workers.queues import queue_names
from workers.redis_client import connect
from workers.rq_worker import OwnWorker, queue_of
from workers.serving import serve
from workers.status import status

ROOT = Path(__file__).resolve().parent.parent
PROCRASTINATE = Peer(
    "procrastinate",
    "procrastinate_.py",
    "procrastinate 3.10.0",
    0.0,
    (),
    ("procrastinate==3.10.0", "psycopg[binary]==3.3.9"),
)
LEASE = timedelta(minutes=5)
SMALL = "--small" in sys.argv
BIG = 200_000 if SMALL else 2_000_000
UNITS = 4_000 if SMALL else 20_000
ENQUEUED = 20_000 if SMALL else 100_000


@dataclass(slots=True)
class Figures:
    """Lines of the page, printed as they come."""

    lines: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def add(self, what: str, value: float, unit: str, goal: float | None = None) -> None:
        """Add a figure, and whether it meets its goal."""
        met = "" if goal is None else f"at most {goal:g}: {'met' if value <= goal else 'MISSED'}"
        if goal is not None and value > goal:
            self.missed.append(what)
        self.lines.append(f"| {what} | {value:,.3g} {unit} | {met} |")
        print(f"{what}: {value:,.3g} {unit} {met}", flush=True)


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Return wall and CPU seconds of some work in this process."""
    wall, cpu = time.monotonic(), time.process_time()
    work()
    return time.monotonic() - wall, time.process_time() - cpu


def ask(store: Store, count: int, prefix: str, kind: str = "queue") -> None:
    """Create tasks in one transaction."""
    with store.write() as tx:
        ledger.ask(
            tx,
            [
                Wanted(kind=kind, key=f"{prefix}{number}", queue=BY_NAME[kind].queue)
                for number in range(count)
            ],
        )


def turnover(store: Store, batch: int) -> float:
    """Return the milliseconds to claim and finish one task."""

    def once() -> None:
        with store.write() as tx:
            claimed = ledger.claim(tx, ["queue"], batch, "bench:1:1", LEASE)
        with store.write() as tx:
            assert len(ledger.finish(tx, claimed)) == batch

    return timed(once)[0] / batch * 1000


def flatness(figures: Figures, small: Store, large: Store, name: str) -> None:
    """Measure claim and finish with 10,000 and with millions of rows, and the status.

    The two ledgers take turns, and the best run of each counts: other load only slows a run down.
    """
    ask(small, 10_000, "then")
    grow(large, BIG)
    ask(large, 10_000, "then")
    for batch, warm_up, times in ((100, 3, 18), (1000, 1, 6)):
        took = [(turnover(small, batch), turnover(large, batch)) for _ in range(warm_up + times)][
            warm_up:
        ]
        best_small, best_large = (min(some) for some in zip(*took, strict=True))
        figures.add(
            f"{name}: claim and finish by {batch:,}, 10,000 rows", best_small, "ms per task"
        )
        figures.add(f"{name}: the same with {BIG:,} rows", best_large, "ms per task")
        figures.add(f"{name}: ratio", best_large / best_small, "times", 1.2)

    def look() -> None:
        with large.read() as tx:
            status(tx)

    look()
    figures.add(
        f"{name}: `ops status` at {BIG:,} rows",
        statistics.median(timed(look)[0] for _ in range(5)) * 1000,
        "ms",
        300,
    )


def enqueueing(figures: Figures, store: Store, name: str) -> None:
    """Create many tasks at once; the better of two runs counts, as above."""
    took = []
    for _ in range(2):
        took.append(timed(lambda: ask(store, ENQUEUED, "enqueue"))[0])
        with store.write() as tx:
            tx.execute(text("DELETE FROM task"))
    figures.add(f"{name}: create {ENQUEUED:,} tasks", min(took), "s", 15 * ENQUEUED / 100_000)


def per_unit(
    figures: Figures, store: Store, redis: RedisServer, name: str, batch: int, goal: float
) -> None:
    """Measure ledger and RQ together on empty tasks: dispatch, claim, finish."""
    workers.tasks.WORK["queue"] = lambda _tx, _context, _claimed: []
    BY_NAME["queue"] = Kind("queue", "cheap", batch)
    redis.client().flushall()
    ask(store, UNITS, f"unit{batch}-")
    settings = load_settings(
        {"SLUICE_HOME": tempfile.gettempdir(), "SLUICE_DATABASE_URL": store.url}
    )
    context = replace(
        Session(settings=settings, store=store).context(),
        redis=connect(redis.url),
        hand_over_again=timedelta(minutes=5),
    )
    serve(context)
    assert context.redis is not None

    def work() -> None:
        vars(workers.dispatch).update(KINDS=(BY_NAME["queue"],))
        dispatch(context)
        queues = [queue_of(one, context.redis) for one in queue_names(context.store)]  # type: ignore[arg-type]
        OwnWorker(queues, connection=context.redis, serializer="json").work(
            burst=True, logging_level="CRITICAL"
        )

    _, cpu = timed(work)
    with store.read() as tx:
        assert not ledger.unfinished(tx)
    figures.add(
        f"{name}: ledger and RQ, batches of {batch:,}", cpu / UNITS * 1000, "ms CPU per task", goal
    )


def raw_rq(figures: Figures, redis: RedisServer) -> None:
    """Measure plain RQ, one job per task."""
    redis.client().flushall()
    jobs = UNITS // 20
    queue = Queue("raw", connection=redis.client(), serializer="json")
    data = [Queue.prepare_data("os.getpid", result_ttl=0) for _ in range(jobs)]
    wall, _ = timed(lambda: queue.enqueue_many(data))
    figures.add("raw RQ 3.0: enqueue 100,000 jobs (from fewer)", wall / jobs * 100_000, "s")
    worker = SimpleWorker([queue], connection=redis.client(), serializer="json")
    _, cpu = timed(lambda: worker.work(burst=True, logging_level="CRITICAL"))
    figures.add("raw RQ 3.0: SimpleWorker, one job per task", cpu / jobs * 1000, "ms CPU per task")


def procrastinate(figures: Figures, postgres: Postgres) -> None:
    """Measure procrastinate on the same server."""
    python = environment(PROCRASTINATE, ROOT / ".venv" / "peers")
    jobs = UNITS // 10
    with fresh_database(postgres.url) as url:
        program = ROOT / "bench" / "peers" / PROCRASTINATE.program
        done = subprocess.run(
            [python, program, url, str(jobs)],
            check=True,
            capture_output=True,
            text=True,
            env=dict(os.environ),
        )
    found = json.loads(done.stdout.strip().splitlines()[-1])
    figures.add(
        "procrastinate 3.10: defer 100,000 jobs (from fewer)",
        found["defer_seconds"] / jobs * 100_000,
        "s",
    )
    figures.add("procrastinate 3.10: one job per task", found["ms"], "ms CPU per task")


def _opened(address: str) -> Store:
    upgrade(address)
    return Store(address)


def measure(figures: Figures, redis: RedisServer, name: str, small: Store, large: Store) -> None:
    """Measure everything on two databases of one kind."""
    enqueueing(figures, small, name)
    per_unit(figures, small, redis, name, 1000, 0.15)
    per_unit(figures, small, redis, name, 100, 0.5)
    with small.write() as tx:
        tx.execute(text("DELETE FROM task"))
    flatness(figures, small, large, name)
    small.close()
    large.close()


def main() -> int:
    """Print and write the figures; exit code 1 if a goal is missed."""
    figures = Figures()
    with services() as (redis, postgres), tempfile.TemporaryDirectory() as folder:
        with fresh_database(postgres.url) as one, fresh_database(postgres.url) as other:
            files = [f"sqlite:///{folder}/{name}.db" for name in ("small", "large")]
            for name, addresses in (("SQLite", files), ("PostgreSQL", [one, other])):
                measure(figures, redis, name, *(_opened(address) for address in addresses))
        raw_rq(figures, redis)
        procrastinate(figures, postgres)
    missed = f"Missed: {', '.join(figures.missed)}." if figures.missed else "All goals are met."
    about = (
        "Written by `make bench-workers`. The tasks do nothing, so only the ledger and the queue"
        " are measured. CPU figures are this program's own; wall times depend on the load of the"
        " machine."
    )
    head = ["# Worker benchmark", "", about, "", "| what | figure | goal |", "|---|---|---|"]
    page = [*head, *figures.lines, "", missed, ""]
    if not SMALL:
        (ROOT / "docs" / "bench").mkdir(exist_ok=True)
        (ROOT / "docs" / "bench" / "workers.md").write_text("\n".join(page), "utf-8")
    print(missed)
    return 1 if figures.missed else 0


if __name__ == "__main__":
    sys.exit(main())
