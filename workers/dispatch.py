"""Hand the ids of waiting tasks to RQ: a hint that may get lost or come twice, for the ledger
decides.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from redis import Redis
from redis.exceptions import RedisError

from leads.clock import now
from leads.errors import ServiceDownError, UsageError
from leads.ids import new_id
from leads.settings import Settings
from leads.store import Store
from leads.store.installation import installation_id
from leads.store.ledger import tasks as ledger
from workers.pipeline import KINDS, Kind
from workers.private_redis import socket_of

if TYPE_CHECKING:
    from workers.context import Context

#: A job that takes longer is killed with its worker by the supervisor; crawls end themselves well
#: before.
JOB_SECONDS = 1_800
#: RQ's own alarm comes after the supervisor's: it raises an error that a crawl's event loop
#: swallows.
RQ_SECONDS = JOB_SECONDS + 120
PREFIX = "sluice:"
#: Entries a queue holds at most: enough to keep many workers busy, and a backlog of millions does
#: not fill Redis.
DEEPEST = 64


def queue_of_kind(store: Store, kind: Kind) -> str:
    """The queue of a kind; its name carries the database's, so that no other installation on the
    same Redis takes our ids.
    """
    return f"{PREFIX}{installation_id(store)}:{kind.queue}"


def queue_names(store: Store) -> list[str]:
    """The queues in the order in which workers look at them."""
    return list(dict.fromkeys(queue_of_kind(store, kind) for kind in KINDS))


def redis_url(settings: Settings) -> str:
    """The Redis of the settings, else the private one of a running `sluice up`; UsageError when
    there is neither.
    """
    if settings["redis_url"]:
        return settings["redis_url"]
    socket = socket_of(settings.home)
    if not socket.exists():
        raise UsageError(
            "no Redis is named and none of ours runs",
            "start one with `sluice up`, or set SLUICE_REDIS_URL",
        )
    return f"unix://{socket}"


def connect(url: str) -> Redis:
    """A connection that answers; ServiceDownError otherwise."""
    try:
        redis = Redis.from_url(url, socket_timeout=30, socket_connect_timeout=5)
        redis.ping()
    except (RedisError, ValueError) as error:
        raise ServiceDownError(
            f"Redis does not answer: {_short(error)}",
            "check SLUICE_REDIS_URL, or start one with `sluice up`",
        ) from None
    return redis


def dispatch(context: Context) -> int:
    """Hand over what waits, and again what was handed over in entries that are gone; how many
    tasks.

    A Redis that refuses is no loss: they are handed over later.
    """
    try:
        take_back_lost(context)
        return sum(_hand_over(context, kind) for kind in KINDS)
    except RedisError as error:
        raise ServiceDownError(
            f"Redis refuses: {_short(error)}",
            "free its memory or start another; nothing is lost meanwhile",
        ) from None


def take_back_lost(context: Context) -> int:
    """Free the tasks whose queue entry is gone: lost with Redis, failed, or popped by a worker that
    died; how many.
    """
    since = now() - context.hand_over_again
    with context.store.read() as tx:
        if not ledger.has_handed_over(tx, since):
            return 0
    living = living_jobs(context.store, context.redis, since)
    with context.store.write() as tx:
        return ledger.take_back(tx, living, since)


def living_jobs(store: Store, redis: Redis | None, since: datetime) -> set[str]:
    """The ids of entries that wait in a queue, or were begun after `since`.

    A worker claims what its entry names as soon as it begins. What was begun before `since` and is
    not claimed was begun by one that died in between, and RQ would call it started until the
    longest job could be over.
    """
    from workers.rq_worker import begun_since, queue_of

    assert redis is not None
    found: set[str] = set()
    for name in queue_names(store):
        queue = queue_of(name, redis)
        found.update(queue.get_job_ids())
        found.update(begun_since(queue, since))
    return found


def _hand_over(context: Context, kind: Kind) -> int:
    from rq import Retry

    from workers.entry import RETRIES
    from workers.rq_worker import queue_of

    assert context.redis is not None
    queue = queue_of(queue_of_kind(context.store, kind), context.redis)
    options: dict[str, Any] = {
        "job_timeout": RQ_SECONDS,
        "result_ttl": 0,
        "failure_ttl": 86_400,
        "retry": Retry(RETRIES),
    }
    handed = 0
    for _ in range(max(0, DEEPEST - queue.count)):
        job = new_id().hex
        with context.store.write() as tx:
            ids = ledger.hand_over(tx, kind.name, kind.batch, job)
        if not ids:
            break
        queue.enqueue(
            "workers.jobs.run_batch", kind.name, [str(one) for one in ids], job_id=job, **options
        )
        handed += len(ids)
    return handed


def _short(error: Exception) -> str:
    return str(error).strip().split("\n")[0] or type(error).__name__


#: How long a pause or its end may take to reach a worker.
HEED = timedelta(seconds=1)
