"""What the processes of a supervisor do: work the queues, or look after the ledger."""

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
from leads.store.ledger.failures import CRASHED
from workers.bounds import Bounds
from workers.context import Context
from workers.dispatch import queue_names
from workers.jobs import serve
from workers.sweeper import admit, sweep

#: Exit code of a sweeper that may not work here; its supervisor ends then.
REFUSED = 3
#: Exit code of a worker whose services do not answer.
NO_SERVICE = 6
#: Seconds between two sweeps, and between two looks at clock and versions.
SWEEP_EVERY, CHECK_EVERY = 1.0, 5.0


def work(
    make_context: Callable[[], Context], bounds: Bounds, began: Callable[[float], None]
) -> None:
    """Take entries from the queues until asked to end, or until the bounds say that the process be
    renewed.
    """
    from workers.rq_worker import OwnWorker, queue_of

    try:
        context = make_context()
        serve(context, began)
        assert context.redis is not None
        queues = [queue_of(name, context.redis) for name in queue_names(context.store)]
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
        # The supervisor starts another, and the sweeper says what is wrong.
        time.sleep(1.0)
        sys.exit(NO_SERVICE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What the sweeper of one supervisor knows of it."""

    host: str
    started_at: datetime
    workers: int
    #: (host, why) of workers that died.
    deaths: Any
    #: Shared numbers: workers replaced, MB in use.
    replaced: Any
    memory: Any


def look_after(
    make_context: Callable[[], Context], watch: Watch, told: Callable[[str], None]
) -> None:
    """Sweep every second until ended; exit code `REFUSED` when this machine may not work here any
    more.
    """
    died: dict[str, str] = {}

    def why(host: str) -> str:
        # Asked after a host was found dead; what killed it was told before.
        while not watch.deaths.empty():
            died.update([watch.deaths.get()])
        return died.get(host, CRASHED)

    context, checked, said = None, 0.0, ""
    while True:
        try:
            context = context or make_context()
            if time.monotonic() - checked > CHECK_EVERY:
                _check(context, watch)
                checked = time.monotonic()
            sweep(context, told, why)
            said = ""
        except (ServiceDownError, NoRoomError) as error:
            if said != error.message:
                told(f"{error.message}; trying again")
            said = error.message
        except SluiceError as error:
            told(f"{error.message}; {error.hint}")
            sys.exit(REFUSED)
        time.sleep(SWEEP_EVERY)


def _check(context: Context, watch: Watch) -> None:
    off = admit(context, watch.host)
    said = crews.Said(
        host=watch.host,
        workers=watch.workers,
        started_at=watch.started_at,
        skew=round(off, 3),
        memory=int(watch.memory.value),
        replaced=int(watch.replaced.value),
    )
    with context.store.write() as tx:
        crews.say(tx, said)
