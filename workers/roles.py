"""What the processes of a supervisor do: work the queues, or sweep the ledger."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from redis.exceptions import RedisError

from leads.errors import ServiceDownError, SluiceError
from leads.store.engine import NoRoomError
from leads.store.ledger import crews
from leads.store.ledger.crews import SupervisorReport
from leads.store.ledger.failures import CRASHED
from workers.bounds import Bounds
from workers.context import Context
from workers.queues import queue_names
from workers.rq_worker import OwnWorker, queue_of
from workers.serving import serve
from workers.sweeper import admit, sweep

#: Exit code of a sweeper that may not work here; its supervisor ends too.
REFUSED = 3
#: Exit code of a worker whose database or Redis does not answer.
NO_SERVICE = 6
#: Seconds between two sweeps, and between two checks of clock and versions.
SWEEP_EVERY, CHECK_EVERY = 1.0, 5.0


def work(
    make_context: Callable[[], Context],
    bounds: Bounds,
    takes: Callable[[str], bool],
    job_began: Callable[[float], None],
) -> None:
    """Take entries from some task queues until asked to end, or until the process should restart."""
    try:
        context = make_context()
        serve(context, job_began)
        assert context.redis is not None
        queues = [queue_of(name, context.redis) for name in queue_names(context.store, takes)]
        worker = OwnWorker(
            queues,
            connection=context.redis,
            serializer="json",
            maintenance_interval=30,
            worker_ttl=60,
        )
        worker.memory_limit = bounds.memory
        worker.work(logging_level="CRITICAL", max_jobs=bounds.jobs)
    except (SluiceError, RedisError):
        # The supervisor starts another worker, and the sweeper logs what is wrong.
        time.sleep(1.0)
        sys.exit(NO_SERVICE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What the sweeper knows about its supervisor."""

    host: str
    started_at: datetime
    workers: int
    #: A queue of (host, why) for workers that died.
    deaths: Any
    #: Shared numbers: workers replaced, MB in use.
    replaced: Any
    memory: Any


def look_after(
    make_context: Callable[[], Context], watch: Watch, notify: Callable[[str], None]
) -> None:
    """Sweep every second until ended.

    Exits with `REFUSED` when this machine may no longer work on the database.
    """
    died: dict[str, str] = {}

    def why(host: str) -> str:
        # The supervisor puts the reason into the queue before the host is found dead.
        while not watch.deaths.empty():
            died.update([watch.deaths.get()])
        return died.get(host, CRASHED)

    context, checked, last_error = None, 0.0, ""
    while True:
        try:
            context = context or make_context()
            if time.monotonic() - checked > CHECK_EVERY:
                _check(context, watch)
                checked = time.monotonic()
            sweep(context, notify, why)
            last_error = ""
        except (ServiceDownError, NoRoomError) as error:
            if last_error != error.message:
                notify(f"{error.message}; trying again")
            last_error = error.message
        except SluiceError as error:
            notify(f"{error.message}; {error.hint}")
            sys.exit(REFUSED)
        time.sleep(SWEEP_EVERY)


def _check(context: Context, watch: Watch) -> None:
    """Check that this machine may work here, and report the supervisor to the ledger."""
    skew = admit(context, watch.host)
    report = SupervisorReport(
        host=watch.host,
        workers=watch.workers,
        started_at=watch.started_at,
        skew=round(skew, 3),
        memory=int(watch.memory.value),
        replaced=int(watch.replaced.value),
    )
    with context.store.write() as tx:
        crews.report(tx, report)
