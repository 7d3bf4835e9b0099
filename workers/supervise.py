"""Keep a number of workers running, put back what dead ones held, and hand on what waits."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from multiprocessing.context import ForkProcess
from types import FrameType

from leads.errors import ServiceDownError
from leads.store import ledger
from workers.context import Context
from workers.dispatch import dispatch, queue_names
from workers.host import alive
from workers.jobs import serve

#: Seconds between two looks at workers, leases and waiting tasks.
LOOK_EVERY = 1.0
#: Seconds a worker may take to end its job after SIGTERM.
GRACE = 60.0

_fork = multiprocessing.get_context("fork")


def supervise(
    make_context: Callable[[], Context], count: int, told: Callable[[str], None], until: Callable[[], bool] = lambda: False
) -> None:
    """Run `count` workers until SIGTERM or Ctrl-C, or until `until` says so; a second signal stops them at once.

    Forked before this process opens anything, so that no connection is shared; a worker that dies is replaced.
    """
    crew = [_start(make_context) for _ in range(count)]
    told(f"{count} workers, process ids {', '.join(str(worker.pid) for worker in crew)}")
    signals = _Signals()
    context = make_context()
    try:
        while not signals.asked and not until():
            crew = [worker if worker.is_alive() else _replace(worker, make_context, told) for worker in crew]
            _sweep(context, told)
            time.sleep(LOOK_EVERY)
    finally:
        _stop(crew, signals)
        context.store.close()


class _Signals:
    """Counts the requests to stop."""

    def __init__(self) -> None:
        self.asked = 0
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked += 1


def _start(make_context: Callable[[], Context]) -> ForkProcess:
    worker = _fork.Process(target=_work, args=(make_context,), daemon=False)
    worker.start()
    return worker


def _replace(worker: ForkProcess, make_context: Callable[[], Context], told: Callable[[str], None]) -> ForkProcess:
    made = _start(make_context)
    told(f"worker {worker.pid} ended ({worker.exitcode}); {made.pid} takes its place")
    return made


def _work(make_context: Callable[[], Context]) -> None:
    from workers.rq_worker import OwnWorker, queue_of

    os.setpgrp()
    context = make_context()
    serve(context)
    assert context.redis is not None
    queues = [queue_of(name, context.redis) for name in queue_names()]
    OwnWorker(queues, connection=context.redis, serializer="json", maintenance_interval=30, worker_ttl=60).work(logging_level="ERROR")


def _sweep(context: Context, told: Callable[[str], None]) -> None:
    try:
        with context.store.write() as tx:
            back = ledger.reclaim(tx, alive)
        if back:
            told(f"{back} tasks of dead workers wait again")
        dispatch(context)
    except ServiceDownError as error:
        told(f"{error.message}; trying again")


def _stop(crew: list[ForkProcess], signals: _Signals) -> None:
    for worker in crew:
        if worker.is_alive():
            worker.terminate()
    patience = time.monotonic() + GRACE
    while any(worker.is_alive() for worker in crew):
        if time.monotonic() > patience or signals.asked > 1:
            for worker in crew:
                worker.kill()
        time.sleep(0.1)
