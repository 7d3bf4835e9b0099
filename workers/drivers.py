"""Who works off a run's tasks: this process, or workers behind a Redis."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from uuid import UUID

from leads.errors import UsageError
from workers.context import Context
from workers.inline import work_off_own
from workers.own_work import WorkedOff

#: Works off the own tasks of these kinds, and whatever is left of a client.
Drive = Callable[[Context, Collection[str], UUID | None], WorkedOff]


def driver_of(name: str, context: Context) -> tuple[Drive, Context]:
    """The driver of that name, and the context it works with.

    UsageError for another name, ServiceDownError without a Redis.
    """
    if name == "inline":
        return work_off_own, context
    if name == "rq":
        # Redis is slow to import, and most commands need none.
        from workers import redis_client, waiting

        redis = redis_client.connect(redis_client.redis_url(context.settings))
        return waiting.wait_for_own, replace(context, redis=redis)
    raise UsageError(f"{name!r} is no driver", "inline or rq")
