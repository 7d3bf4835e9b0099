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
        from workers.redis_client import connect, redis_url
        from workers.waiting import wait_for_own

        return wait_for_own, replace(context, redis=connect(redis_url(context.settings)))
    raise UsageError(f"{name!r} is no driver", "inline or rq")
