"""The rq driver of a run: hand over what waits, and wait until workers have done it."""

from __future__ import annotations

import time
from collections.abc import Collection

from leads.clock import now
from leads.errors import ServiceDownError
from leads.store import ledger
from workers.context import Context
from workers.dispatch import dispatch, queue_names
from workers.pipeline import ALL

LOOK_EVERY = 0.5
#: Seconds without a living worker after which a run gives up waiting; what it asked for stays asked.
PATIENCE = 30.0


def wait(context: Context, kinds: Collection[str] = ALL) -> int:
    """Wait until nothing of these kinds waits or runs; how many tasks were finished meanwhile. ServiceDownError when no worker lives."""
    from rq import Worker

    from workers.rq_worker import queue_of

    assert context.redis is not None
    queues = [queue_of(name, context.redis) for name in queue_names(context.store)]
    began = now()
    first = _unfinished(context, kinds)
    seen = time.monotonic()
    while left := _unfinished(context, kinds):
        dispatch(context)
        if context.progress:
            context.progress("workers", first - left, first)
        if any(Worker.count(queue=one) for one in queues):
            seen = time.monotonic()
        elif time.monotonic() - seen > PATIENCE:
            raise ServiceDownError(
                f"no worker runs, and {left:,} tasks wait", "start `sluice worker`: they are done then; or run with --driver inline"
            )
        time.sleep(LOOK_EVERY)
    with context.store.read() as tx:
        return ledger.finished_since(tx, began, kinds)


def _unfinished(context: Context, kinds: Collection[str]) -> int:
    with context.store.read() as tx:
        return ledger.unfinished(tx, kinds)
