"""Hand the ids of waiting tasks to RQ: a hint that may get lost or come twice, for the ledger decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from redis import Redis
from redis.exceptions import RedisError

from leads.errors import ServiceDownError, UsageError
from leads.settings import Settings
from leads.store import ledger
from workers.pipeline import KINDS
from workers.private_redis import socket_of

if TYPE_CHECKING:
    from workers.context import Context

#: No job of ours may take longer; crawls end themselves well before.
JOB_SECONDS = 1_800
PREFIX = "sluice:"


def queue_names() -> list[str]:
    """The queues in the order in which workers look at them."""
    return list(dict.fromkeys(PREFIX + kind.queue for kind in KINDS))


def redis_url(settings: Settings) -> str:
    """The Redis of the settings, else the private one of a running `sluice up`; UsageError when there is neither."""
    if settings["redis_url"]:
        return settings["redis_url"]
    socket = socket_of(settings.home)
    if not socket.exists():
        raise UsageError("no Redis is named and none of ours runs", "start one with `sluice up`, or set SLUICE_REDIS_URL")
    return f"unix://{socket}"


def connect(url: str) -> Redis:
    """A connection that answers; ServiceDownError otherwise."""
    try:
        redis = Redis.from_url(url, socket_timeout=30, socket_connect_timeout=5)
        redis.ping()
    except (RedisError, ValueError) as error:
        raise ServiceDownError(f"Redis does not answer: {_short(error)}", "check SLUICE_REDIS_URL, or start one with `sluice up`") from None
    return redis


def dispatch(context: Context) -> int:
    """Hand over everything that waits; how many tasks. A Redis that refuses is no loss: they are handed over later."""
    from workers.rq_worker import queue_of

    assert context.redis is not None
    handed = 0
    for kind in KINDS:
        while True:
            with context.store.write() as tx:
                ids = ledger.dispatch(tx, kind.name, kind.batch, context.hand_over_again)
            if not ids:
                break
            options: dict[str, Any] = {"job_timeout": JOB_SECONDS, "result_ttl": 60, "failure_ttl": 86_400}
            try:
                queue_of(PREFIX + kind.queue, context.redis).enqueue(
                    "workers.jobs.run_batch", kind.name, [str(one) for one in ids], **options
                )
            except RedisError as error:
                raise ServiceDownError(
                    f"Redis refuses: {_short(error)}", "free its memory or start another; nothing is lost meanwhile"
                ) from None
            handed += len(ids)
    return handed


def _short(error: Exception) -> str:
    return str(error).strip().split("\n")[0] or type(error).__name__
