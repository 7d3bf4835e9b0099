"""The rq driver of a run: hand over what waits, and wait until workers have done it."""

from __future__ import annotations

import time

from leads.errors import ServiceDownError
from leads.store import ledger
from workers.context import Context
from workers.dispatch import dispatch

LOOK_EVERY = 0.5
#: Seconds without a living worker after which a run gives up waiting; what it asked for stays asked.
PATIENCE = 30.0


def wait(context: Context) -> int:
    """Wait until nothing waits or runs; how many tasks were done meanwhile. ServiceDownError when no worker lives."""
    from rq import Worker

    assert context.redis is not None
    first = _unfinished(context)
    seen = time.monotonic()
    while left := _unfinished(context):
        dispatch(context)
        if context.progress:
            context.progress("workers", first - left, first)
        if Worker.count(connection=context.redis):
            seen = time.monotonic()
        elif time.monotonic() - seen > PATIENCE:
            raise ServiceDownError(
                f"no worker runs, and {left:,} tasks wait", "start `sluice worker`: they are done then; or run with --driver inline"
            )
        time.sleep(LOOK_EVERY)
    return first


def _unfinished(context: Context) -> int:
    with context.store.read() as tx:
        return ledger.unfinished(tx)
