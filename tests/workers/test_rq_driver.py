"""The same story on RQ with a real Redis: same verdicts, nothing lost, nothing run that may not be."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from rq import Queue

from actions.actor import Right
from actions.profiles import put_in_force, read_icp
from actions.session import Session
from intake.read_options import ReadOptions
from leads.errors import NotAllowedError, ServiceDownError
from leads.settings import load_settings
from leads.store import campaigns, clients, verdicts
from leads.store.companies import companies_of
from leads.store.ledger import tasks as ledger
from leads.store.lists import ListAbout
from leads.store.migrate import open_store
from workers import supervise as supervisor
from workers.context import Context
from workers.dispatch import dispatch
from workers.importing import ImportRequest, run_import
from workers.inline import work_off_own
from workers.private_redis import private_redis
from workers.queues import queue_names
from workers.redis_client import connect
from workers.rq_worker import OwnWorker, queue_of
from workers.serving import serve
from workers.waiting import wait_for_own

supervisor.warm()  # Once here, rather than in each supervisor that a test forks.

ICP = """
icp: makers
version: 1
suspect:
  - employees: {at_least: 20}
  - country: [DE]
prospect:
  - uses: [python]
"""
ROWS = ["name,website,country,employees,technologies"] + [
    f"Firma {word} GmbH,firma-{word}.example,DE,{10 * number},{'python' if number % 3 else ''}"
    for number, word in enumerate(
        [
            "ahorn",
            "birke",
            "buche",
            "eibe",
            "eiche",
            "erle",
            "esche",
            "fichte",
            "kiefer",
            "linde",
            "tanne",
            "ulme",
            "weide",
        ],
        1,
    )
]


@pytest.fixture
def context(
    database_url: str, redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Context]:
    monkeypatch.setenv("SLUICE_DATABASE_URL", database_url)
    made = make_context(redis_url)
    (tmp_path / "icp.yaml").write_text(ICP)
    (tmp_path / "list.csv").write_text("\n".join(ROWS))
    file = read_icp(str(tmp_path / "icp.yaml"))
    session = Session(settings=made.settings, store=made.store)
    with session.write(Right.MANAGE) as work:
        client_id = work.client("default")
        put_in_force(work, client_id, file.icp.name, file)
    path = str(tmp_path / "list.csv")
    run_import(
        made,
        ImportRequest(
            client_id=client_id,
            path=path,
            name="list",
            about=ListAbout(),
            options=ReadOptions(),
            who="test",
        ),
    )
    yield made
    made.store.close()


def make_context(url: str) -> Context:
    settings = load_settings()
    session = Session(settings=settings, store=open_store(settings.database_url))
    return replace(
        session.context(),
        redis=connect(url),
        lease=timedelta(seconds=2),
        hand_over_again=timedelta(seconds=1),
    )


def work_in_this_process(context: Context) -> None:
    assert context.redis is not None
    serve(context)
    dispatch(context)
    queues = [queue_of(name, context.redis) for name in queue_names(context.store)]
    OwnWorker(queues, connection=context.redis, serializer="json").work(
        burst=True, logging_level="CRITICAL"
    )


def decided(context: Context) -> dict[str, tuple[Any, ...]]:
    with context.store.read() as tx:
        client_id = clients.client_of(tx, "default").id
        campaign_id = campaigns.campaign_of(tx, client_id, "makers").id
        names = companies_of(tx, client_id)
        rows = verdicts.in_force(tx, campaign_id, list(names))
    told = ("verdict", "fit_stage", "score_worst", "score_best", "decides", "waits_for")
    return {
        names[one].name: tuple(getattr(row, name) for name in told) for one, row in rows.items()
    }


def unfinished(context: Context) -> int:
    with context.store.read() as tx:
        return ledger.unfinished(tx)


def test_the_same_verdicts_as_inline(context: Context) -> None:
    work_in_this_process(context)
    assert unfinished(context) == 0
    by_rq = decided(context)
    assert len(by_rq) == len(ROWS) - 1
    with context.store.write() as tx:
        tx.exec_driver_sql("DELETE FROM queue_entry")
        tx.exec_driver_sql("DELETE FROM verdict")
        tx.exec_driver_sql(
            "UPDATE task SET state = 'pending', dispatched_at = NULL, job = NULL WHERE kind <>"
            " 'dedupe'"
        )
    work_off_own(context)
    assert decided(context) == by_rq


def test_a_lost_redis_loses_nothing(context: Context) -> None:
    assert context.redis is not None
    dispatch(context)
    context.redis.flushall()
    assert dispatch(context) == 0, "just handed over: taken to be in the queue still"
    time.sleep(1.1)
    work_in_this_process(context)
    assert unfinished(context) == 0


def test_a_double_delivery_does_nothing_twice(context: Context) -> None:
    assert context.redis is not None
    dispatch(context)
    (queue,) = [
        one
        for one in (queue_of(name, context.redis) for name in queue_names(context.store))
        if one.count
    ]
    (job,) = queue.jobs
    queue.enqueue("workers.jobs.run_batch", *job.args)
    work_in_this_process(context)
    with context.store.read() as tx:
        assert ledger.counts(tx)["dedupe"] == {"done": 1}


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        pytest.param("os.system", ["touch {proof}"], id="any dotted name"),
        pytest.param(
            "workers.jobs.serve", [None], id="a function of ours that is not for the queue"
        ),
        pytest.param(
            "workers.jobs.run_batch", ["no such kind", []], id="a kind that does not exist"
        ),
        pytest.param("workers.jobs.run_batch", ["qualify", ["not an id"]], id="no id"),
        pytest.param("workers.jobs.run_batch", [], id="nothing"),
    ],
)
def test_a_hostile_entry_fails_and_the_others_are_done(
    context: Context, tmp_path: Path, function: str, arguments: list[Any]
) -> None:
    assert context.redis is not None
    proof = tmp_path / "proof"
    said = [one.format(proof=proof) if isinstance(one, str) else one for one in arguments]
    bad = Queue(queue_names(context.store)[0], connection=context.redis, serializer="json").enqueue(
        function, *said
    )
    work_in_this_process(context)
    assert not proof.exists()
    assert bad.get_status(refresh=True) == "failed"
    assert unfinished(context) == 0


def test_a_callback_that_is_none_of_ours_is_refused(context: Context, tmp_path: Path) -> None:
    assert context.redis is not None
    queue = Queue(queue_names(context.store)[0], connection=context.redis, serializer="json")
    job = queue.enqueue("workers.jobs.run_batch", "qualify", [])
    context.redis.hset(job.key, "success_callback_name", "os.getpid")
    work_in_this_process(context)
    assert job.get_status(refresh=True) == "failed"


@contextmanager
def crew(url: str, count: int) -> Iterator[list[str]]:
    """A supervisor with its workers in a process of its own, ended at the end."""
    child = os.fork()
    if child == 0:
        try:
            supervisor.supervise(lambda: make_context(url), count, lambda _line: None)
        finally:
            os._exit(0)
    try:
        yield []
    finally:
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)


def test_workers_that_are_killed_lose_nothing(context: Context, redis_url: str) -> None:
    assert context.redis is not None
    context.store.close()
    killed = 0
    with crew(redis_url, 2):
        until = time.monotonic() + 40
        while unfinished(context) and time.monotonic() < until:
            for pid in _running(context)[: 1 if killed < 4 else 0]:
                with suppress(
                    ProcessLookupError
                ):  # Killed before, and not found by the sweeper yet.
                    os.kill(pid, signal.SIGKILL)
                    killed += 1
            time.sleep(0.05)
    assert unfinished(context) == 0
    assert len(decided(context)) == len(ROWS) - 1
    with context.store.read() as tx:
        assert "dead" not in {state for states in ledger.counts(tx).values() for state in states}


def _running(context: Context) -> list[int]:
    with context.store.read() as tx:
        hosts = (
            tx.exec_driver_sql("SELECT DISTINCT host FROM task WHERE state = 'running'")
            .scalars()
            .all()
        )
    return [int(host.split(":")[1]) for host in hosts]


def test_no_redis_is_said_with_the_way_out() -> None:
    with pytest.raises(ServiceDownError) as caught:
        connect("redis://127.0.0.1:9/0")
    assert "sluice up" in caught.value.hint


def test_two_of_our_redis_on_one_home_are_one_too_many(redis_server: str) -> None:
    folder = Path(redis_server.removeprefix("unix://")).parent.parent
    refused: list[BaseException] = []

    def second() -> None:
        try:
            with private_redis(folder):
                pass
        except NotAllowedError as error:
            refused.append(error)

    thread = threading.Thread(target=second)
    thread.start()
    thread.join()
    assert len(refused) == 1


def test_two_installations_on_one_redis_do_not_meet(
    context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = replace(context, store=open_store(f"sqlite:///{tmp_path / 'other.db'}"))
    assert not set(queue_names(context.store)) & set(queue_names(other.store))
    assert queue_names(context.store) == queue_names(context.store)
    dispatch(context)
    work_in_this_process(other)
    assert unfinished(context) > 0
    work_in_this_process(context)
    assert unfinished(context) == 0
    other.store.close()


def test_workers_of_others_are_not_waited_for(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert context.redis is not None
    theirs = OwnWorker([queue_of("theirs", context.redis)], connection=context.redis)
    theirs.register_birth()  # type: ignore[no-untyped-call]  # RQ has not annotated it.
    monkeypatch.setattr("workers.waiting.PATIENCE", 0.2)
    with pytest.raises(ServiceDownError, match="no worker runs"):
        wait_for_own(context)
    theirs.register_death()  # type: ignore[no-untyped-call]
