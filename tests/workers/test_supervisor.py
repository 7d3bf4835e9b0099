"""A supervisor contains what a worker does, refuses where it may not work, and shows how things
stand.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from prometheus_client.parser import text_string_to_metric_families
from redis import Redis

import workers.tasks
from actions.session import Session
from leads.clock import now
from leads.errors import SluiceError
from leads.settings import load_settings
from leads.store import Tx, clients
from leads.store.ledger import crews, failure_groups, failures, pauses
from leads.store.ledger import tasks as ledger
from leads.store.ledger.crews import SupervisorReport
from leads.store.ledger.failure_groups import FailureGroup
from leads.store.ledger.tasks import Claimed, Wanted
from leads.store.migrate import open_store
from workers import supervise as supervisor
from workers.bounds import Bounds
from workers.checkup import of_redis, of_versions
from workers.context import Context
from workers.dispatch import dispatch
from workers.heartbeat import beating
from workers.lost import finish_or_lose
from workers.metrics import metrics
from workers.pipeline import BY_NAME
from workers.readiness import readiness
from workers.redis_client import connect
from workers.sweeper import admit, sweep

supervisor.warm()  # Once here, rather than in each supervisor that a test forks.


@pytest.fixture
def make(redis_url: str) -> Callable[[], Context]:
    def made() -> Context:
        settings = load_settings()
        session = Session(settings=settings, store=open_store(settings.database_url))
        return replace(
            session.context(), redis=connect(redis_url), hand_over_again=timedelta(seconds=1)
        )

    return made


@pytest.fixture
def context(make: Callable[[], Context]) -> Iterator[Context]:
    made = make()
    with made.store.write() as tx:
        client_id = clients.make_client(tx, "default").id
        ledger.ask(
            tx,
            [
                Wanted(
                    kind="qualify",
                    key=f"{UUID(int=1)}:{UUID(int=2)}",
                    queue="cheap",
                    client_id=client_id,
                )
            ],
        )
    made.store.close()
    yield made
    made.store.close()


@contextmanager
def crew(make: Callable[[], Context], bounds: Bounds, asking: int | None = None) -> Iterator[int]:
    child = os.fork()
    if child == 0:
        try:
            supervisor.supervise(make, 1, lambda _line: None, bounds=bounds, asking=asking)
        finally:
            os._exit(0)
    try:
        yield child
    finally:
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)


def hang(_tx: Tx, _context: Context, _claimed: Sequence[Claimed]) -> list[Any]:
    while True:
        time.sleep(0.1)


def eat(_tx: Tx, _context: Context, _claimed: Sequence[Claimed]) -> list[Any]:
    held = []
    while True:
        held.append(b"x" * 20_000_000)
        time.sleep(0.02)


def fork_and_eat(_tx: Tx, _context: Context, _claimed: Sequence[Claimed]) -> list[Any]:
    subprocess.run(
        [sys.executable, "-c", "x = b'x' * 600_000_000; import time; time.sleep(60)"], check=False
    )
    return []


@pytest.mark.parametrize(
    ("does", "bounds", "evidence"),
    [
        pytest.param(
            hang, Bounds(seconds=1), "worked on one job for more than 1 seconds", id="never returns"
        ),
        pytest.param(eat, Bounds(memory=250), "held more than 500 MB of memory", id="eats memory"),
        pytest.param(
            fork_and_eat,
            Bounds(memory=250),
            "held more than 500 MB of memory",
            id="forks what eats memory",
        ),
    ],
)
def test_a_job_beyond_its_bounds_is_killed_and_found(
    context: Context,
    make: Callable[[], Context],
    monkeypatch: pytest.MonkeyPatch,
    does: Any,
    bounds: Bounds,
    evidence: str,
) -> None:
    monkeypatch.setitem(workers.tasks.WORK, "qualify", does)
    monkeypatch.setattr(failures, "MAX_CRASHES", 1)
    with crew(make, bounds):
        until = time.monotonic() + 20
        found: list[FailureGroup] = []
        while not found and time.monotonic() < until:
            time.sleep(0.2)
            with context.store.read() as tx:
                found = [one for one in failure_groups.groups(tx) if one.given_up]
    assert [one.sample for one in found] == [evidence]


def hang_batch(_context: Context, _claimed: Sequence[Claimed]) -> None:
    while True:
        time.sleep(0.1)


def finish_batch(context: Context, claimed: Sequence[Claimed]) -> None:
    with context.store.write() as tx:
        finish_or_lose(tx, claimed)


@pytest.mark.parametrize(("slow", "quick"), [("ask", "crawl"), ("crawl", "ask")])
def test_questions_to_sources_and_visits_do_not_wait_for_each_other(
    context: Context,
    make: Callable[[], Context],
    monkeypatch: pytest.MonkeyPatch,
    slow: str,
    quick: str,
) -> None:
    monkeypatch.setattr(supervisor, "GRACE", 0.0)
    for kind, does in ((slow, hang_batch), (quick, finish_batch)):
        monkeypatch.setattr(workers.tasks, f"_{kind.upper()}", f"{__name__}:{does.__name__}")
    with context.store.write() as tx:
        for kind in (slow, quick):
            several = [f"{UUID(int=1)}:{UUID(int=one)}" for one in range(3 * BY_NAME[kind].batch)]
            queue = BY_NAME[kind].queue
            ledger.ask(
                tx, [Wanted(kind=kind, key=one, queue=queue, client_id=None) for one in several]
            )
    context.store.close()
    with crew(make, Bounds(), asking=1):
        until = time.monotonic() + 60
        counts: Mapping[str, Mapping[str, int]] = {}
        while set(counts.get(quick, {})) != {"done"} and time.monotonic() < until:
            time.sleep(0.1)
            with context.store.read() as tx:
                counts = ledger.counts(tx)
    assert set(counts[quick]) == {"done"}
    assert "done" not in counts[slow]


def test_two_versions_on_one_database_are_refused(context: Context) -> None:
    with context.store.write() as tx:
        crews.report(
            tx, SupervisorReport(host="elsewhere:1:1", workers=2, started_at=now(), version="9.9.9")
        )
    with pytest.raises(SluiceError, match=r"elsewhere runs Sluice 9\.9\.9"):
        admit(context, "here:1:1")
    with context.store.read() as tx:
        assert [one.ok for one in of_versions(tx)] == [False]


def test_a_migrated_database_is_left_alone(context: Context) -> None:
    with context.store.write() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SluiceError, match="version 9999"):
        admit(context, "here:1:1")


@pytest.mark.parametrize(("off", "said"), [(3600, "3,600 s ahead"), (-90, "90 s behind")])
def test_a_wrong_clock_is_refused(
    context: Context, monkeypatch: pytest.MonkeyPatch, off: int, said: str
) -> None:
    monkeypatch.setattr(
        "leads.store.ledger.crews.now", lambda: datetime.now(UTC) + timedelta(seconds=off)
    )
    with pytest.raises(SluiceError, match=said):
        admit(context, "here:1:1")


def test_one_sweeper_is_active_at_a_time(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sweep(context, lambda _line: None)
    monkeypatch.setattr("workers.sweeper.this_host", lambda: "another:1:1")
    assert not sweep(context, lambda _line: None)


def test_a_long_batch_keeps_its_lease(context: Context) -> None:
    short = replace(context, lease=timedelta(seconds=0.6))
    with short.store.write() as tx:
        claimed = ledger.claim(tx, ["qualify"], 1, "elsewhere:1:1", short.lease)
    with beating(short, claimed):
        time.sleep(1.2)
        with short.store.write() as tx:
            assert failures.reclaim(tx) == 0
    time.sleep(0.7)
    with short.store.write() as tx:
        assert failures.reclaim(tx) == 1


def test_a_deep_backlog_does_not_fill_redis(context: Context) -> None:
    assert context.redis is not None
    with context.store.write() as tx:
        ledger.ask(tx, [Wanted(kind="dedupe", key=str(uuid4()), queue="cheap") for _ in range(300)])
    dispatch(context)
    assert sum(context.redis.llen(key) for key in context.redis.keys("rq:queue:*")) <= 64


def test_nothing_is_handed_over_while_paused(context: Context) -> None:
    with context.store.write() as tx:
        pauses.set_pause(tx, "queue", "cheap", "tester", "")
    assert dispatch(context) == 0


def samples_of(page: bytes) -> dict[tuple[str, tuple[str, ...]], float]:
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(page.decode())
        for sample in family.samples
    }


def test_the_metrics_come_in_the_format_that_is_asked_for(context: Context) -> None:
    page = metrics(context, "application/openmetrics-text; version=1.0.0")
    assert page.content_type.startswith("application/openmetrics-text")
    assert page.body.endswith(b"# EOF\n")


def test_the_metrics_are_what_prometheus_reads(context: Context) -> None:
    page = metrics(context)
    assert page.content_type.startswith("text/plain; version=")
    samples = samples_of(page.body)
    assert samples["sluice_queue_depth", ("cheap",)] == 1
    assert samples["sluice_tasks", ("qualify", "waiting")] == 1
    assert samples["sluice_redis_up", ()] == 1
    names = [line.split()[2] for line in page.body.splitlines() if line.startswith(b"# TYPE")]
    assert len(names) == len(set(names)) == 18
    assert readiness(context) == {"database": "ok", "schema": "ok", "redis": "ok", "disk": "ok"}


def test_what_is_missing_is_said_when_not_ready(context: Context) -> None:
    gone = replace(context, redis=Redis.from_url("redis://127.0.0.1:9/0"))
    assert readiness(gone)["redis"] != "ok"
    assert samples_of(metrics(gone).body)["sluice_redis_up", ()] == 0


def test_doctor_names_what_is_wrong_with_a_redis(redis_url: str) -> None:
    redis = Redis.from_url(redis_url)
    assert all(one.ok for one in of_redis(redis_url, redis))
    redis.set("theirs:1", "x")
    redis.config_set("appendonly", "no")
    redis.config_set("maxmemory-policy", "allkeys-lru")
    try:
        bad = {one.what for one in of_redis("redis://10.0.0.1/0", redis) if not one.ok}
    finally:
        redis.config_set("appendonly", "yes")
        redis.config_set("maxmemory-policy", "noeviction")
    assert bad == {"Redis access", "Redis appendonly", "Redis maxmemory-policy", "Redis neighbours"}


def test_a_port_answers_three_questions(
    context: Context, make: Callable[[], Context], unused_port: int
) -> None:
    from urllib.error import HTTPError
    from urllib.request import urlopen

    from workers.metrics_server import server

    Thread(target=server(make, "127.0.0.1", unused_port), daemon=True).start()
    for _ in range(50):
        try:
            assert urlopen(f"http://127.0.0.1:{unused_port}/healthz").read() == b"ok\n"
            break
        except OSError:
            time.sleep(0.1)
    assert urlopen(f"http://127.0.0.1:{unused_port}/readyz").status == 200
    assert b"sluice_build_info" in urlopen(f"http://127.0.0.1:{unused_port}/metrics").read()
    with pytest.raises(HTTPError, match="404"):
        urlopen(f"http://127.0.0.1:{unused_port}/etc/passwd")


@pytest.fixture
def unused_port() -> int:
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
