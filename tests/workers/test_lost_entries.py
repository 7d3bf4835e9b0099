"""Entries that a worker took and never answered for: their tasks are handed over again within
seconds.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from rq import Queue

from actions.session import Session
from leads.clock import now
from leads.settings import load_settings
from leads.store import clients
from leads.store.ledger import crews
from leads.store.ledger import tasks as ledger
from leads.store.ledger.crews import SupervisorReport
from leads.store.ledger.tasks import Wanted
from leads.store.migrate import open_store
from workers import waiting
from workers.context import Context
from workers.dispatch import dispatch, take_back_lost
from workers.host import this_host
from workers.queues import queue_names
from workers.redis_client import connect
from workers.rq_worker import OwnQueue, OwnWorker, queue_of
from workers.serving import serve


@pytest.fixture
def context(redis_url: str) -> Iterator[Context]:
    settings = load_settings()
    session = Session(settings=settings, store=open_store(settings.database_url))
    made = replace(
        session.context(), redis=connect(redis_url), hand_over_again=timedelta(seconds=0.3)
    )
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
    serve(made)
    yield made
    made.store.close()


def take(context: Context, *, begun: bool) -> None:
    """Take an entry as a worker does that is never heard of again."""
    assert context.redis is not None
    queues: list[Queue] = [queue_of(name, context.redis) for name in queue_names(context.store)]
    job, queue = OwnQueue.dequeue_any(queues, None, context.redis, serializer="json")
    if begun:
        worker = OwnWorker(queues, connection=context.redis, serializer="json")
        worker.register_birth()  # type: ignore[no-untyped-call]
        worker.prepare_execution(job)
        worker.prepare_job_execution(job)
        assert queue.started_job_registry.get_job_ids(cleanup=False) == [job.id]


@pytest.mark.parametrize(
    "begun", [pytest.param(False, id="popped"), pytest.param(True, id="begun, and nothing claimed")]
)
def test_what_nobody_claimed_is_handed_over_again(context: Context, begun: bool) -> None:
    assert dispatch(context) == 1
    take(context, begun=begun)
    until = now() + timedelta(seconds=5)
    while not (freed := take_back_lost(context)) and now() < until:
        pass
    assert freed == 1
    assert dispatch(context) == 1


def test_what_was_begun_a_moment_ago_is_not_given_to_a_second(context: Context) -> None:
    assert dispatch(context) == 1
    with context.store.write() as tx:
        tx.exec_driver_sql("UPDATE task SET dispatched_at = '2026-01-01 00:00:00'")
    take(context, begun=True)
    assert take_back_lost(context) == 0


def test_a_run_waits_for_supervisors_that_live(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said(host: str) -> None:
        with context.store.write() as tx:
            crews.report(tx, SupervisorReport(host=host, workers=1, started_at=now()))

    machine, pid, _ = this_host().split(":")
    said(f"{machine}:{pid}:0")  # A process of an earlier time that had our id.
    assert not waiting._somebody_works(context)
    said(this_host())
    assert waiting._somebody_works(context)
