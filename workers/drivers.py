"""Who works the ledger: this process, or workers behind a Redis."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial

from leads.errors import UsageError
from workers.context import Context
from workers.pipeline import ALL

Drive = Callable[[Context], int]


def driver_of(name: str, context: Context, kinds: Collection[str] = ALL) -> tuple[Drive, Context]:
    """The driver of that name for these kinds of tasks, and what it works with.

    UsageError for another name, ServiceDownError without a Redis.
    """
    if name == "inline":
        from workers.inline import drive

        return partial(drive, kinds=kinds), context
    if name == "rq":
        from workers.redis_client import connect, redis_url
        from workers.waiting import wait

        return partial(wait, kinds=kinds), replace(
            context, redis=connect(redis_url(context.settings))
        )
    raise UsageError(f"{name!r} is no driver", "inline or rq")
