"""Put the ids of waiting tasks into RQ's queues.

A queue entry is a hint: it may be lost or arrive twice. The ledger decides which tasks there are.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from redis import Redis
from redis.exceptions import RedisError
from rq import Retry

from leads.clock import now
from leads.errors import ServiceDownError
from leads.ids import new_id
from leads.store import Store
from leads.store.ledger import tasks as ledger
from workers.bounds import JOB_SECONDS
from workers.context import Context
from workers.entry import RETRIES, RUN_BATCH
from workers.pipeline import KINDS, Kind
from workers.queues import queue_names, queue_of_kind
from workers.redis_client import first_line
from workers.rq_worker import queue_of, started_since

#: RQ's own timeout. It comes after the supervisor's, because it raises an error that a crawl's event
#: loop swallows.
RQ_SECONDS = JOB_SECONDS + 120
#: The most entries a queue holds: enough for many workers, and a backlog of millions does not fill
#: Redis.
MAX_DEPTH = 64


def dispatch(context: Context) -> int:
    """Enqueue the tasks that wait, and again those whose queue entry was lost; how many.

    ServiceDownError when Redis refuses; the tasks are enqueued later.
    """
    try:
        take_back_lost(context)
        return sum(_hand_over(context, kind) for kind in KINDS)
    except RedisError as error:
        raise ServiceDownError(
            f"Redis refuses: {first_line(error)}",
            "free its memory or start another; no task is lost",
        ) from None


def take_back_lost(context: Context) -> int:
    """Release the tasks whose queue entry is gone; how many.

    An entry is gone when Redis lost it, when it failed, or when its worker died before it claimed
    the tasks.
    """
    since = now() - context.hand_over_again
    with context.store.read() as tx:
        if not ledger.has_handed_over(tx, since):
            return 0

    living = living_jobs(context.store, context.redis, since)
    with context.store.write() as tx:
        return ledger.take_back(tx, living, since)


def living_jobs(store: Store, redis: Redis | None, since: datetime) -> set[str]:
    """The ids of entries that wait in a queue, or were started after `since`.

    A worker claims the tasks of an entry at once. When an entry was started before `since` and its
    tasks are not claimed, its worker died in between; RQ would list it as started until the job
    times out.
    """
    assert redis is not None
    found: set[str] = set()
    for name in queue_names(store):
        queue = queue_of(name, redis)
        found.update(queue.get_job_ids())
        found.update(started_since(queue, since))
    return found


def _hand_over(context: Context, kind: Kind) -> int:
    assert context.redis is not None
    queue = queue_of(queue_of_kind(context.store, kind), context.redis)
    options: dict[str, Any] = {
        "job_timeout": RQ_SECONDS,
        "result_ttl": 0,
        "failure_ttl": 86_400,
        "retry": Retry(RETRIES),
    }

    enqueued = 0
    for _ in range(max(0, MAX_DEPTH - queue.count)):
        job = new_id().hex
        with context.store.write() as tx:
            ids = ledger.hand_over(tx, kind.name, kind.batch, job)
        if not ids:
            break

        queue.enqueue(RUN_BATCH, kind.name, [str(one) for one in ids], job_id=job, **options)
        enqueued += len(ids)
    return enqueued
