"""The rq driver of a run: hand over what waits, and wait until workers have done it."""

from __future__ import annotations

import time
from collections.abc import Collection

from leads.clock import now
from leads.errors import ServiceDownError
from leads.store.ledger import crews
from leads.store.ledger import tasks as ledger
from workers.context import Context
from workers.dispatch import dispatch
from workers.host import alive
from workers.pipeline import ALL

LOOK_EVERY = 0.5
#: Seconds without a living worker after which a run gives up waiting; what it asked for stays
#: asked.
PATIENCE = 30.0


def wait(context: Context, kinds: Collection[str] = ALL) -> int:
    """Wait until nothing of these kinds waits or runs; how many tasks were finished meanwhile.
    ServiceDownError when no worker lives.
    """
    began = now()
    first = _unfinished(context, kinds)
    seen = time.monotonic()
    while left := _unfinished(context, kinds):
        dispatch(context)
        if context.progress:
            context.progress("workers", first - left, first)
        if _somebody_works(context):
            seen = time.monotonic()
        elif time.monotonic() - seen > PATIENCE:
            raise ServiceDownError(
                f"no worker runs, and {left:,} tasks wait",
                "start `sluice worker`: they are done then; or run with --driver inline",
            )
        time.sleep(LOOK_EVERY)
    with context.store.read() as tx:
        return ledger.finished_since(tx, began, kinds)


def _somebody_works(context: Context) -> bool:
    # Not by RQ's own list: a worker that was killed stays on it until its longest job could be
    # over.
    with context.store.read() as tx:
        return any(alive(one.host) for one in crews.present(tx))


def _unfinished(context: Context, kinds: Collection[str]) -> int:
    with context.store.read() as tx:
        return ledger.unfinished(tx, kinds)
