"""Who works the ledger: this process, or workers behind a Redis."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from leads.errors import UsageError
from workers.context import Context

Drive = Callable[[Context], int]


def driver_of(name: str, context: Context) -> tuple[Drive, Context]:
    """The driver of that name, and what it works with; UsageError for another name, ServiceDownError without a Redis."""
    if name == "inline":
        from workers.inline import drive

        return drive, context
    if name == "rq":
        from workers.dispatch import connect, redis_url
        from workers.waiting import wait

        return wait, replace(context, redis=connect(redis_url(context.settings)))
    raise UsageError(f"{name!r} is no driver", "inline or rq")
