"""The rq driver of a run: hand tasks to the workers, and wait until they have done the own ones."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from leads.clock import now
from leads.errors import ServiceDownError
from leads.store.ledger import crews
from leads.store.ledger import own as own_tasks
from leads.store.ledger import tasks as ledger
from leads.store.ledger.own import Own
from workers.context import Context
from workers.dispatch import dispatch
from workers.host import alive
from workers.own_work import WorkedOff, left_at_rest, own_of, watch_shared
from workers.pipeline import ALL

LOOK_EVERY = 0.5
#: Seconds without a living worker after which a run gives up waiting; its tasks stay in the ledger.
PATIENCE = 30.0


def wait_for_own(
    context: Context, kinds: Collection[str] = ALL, client_id: UUID | None = None
) -> WorkedOff:
    """Wait until the workers have done the own tasks of these kinds, those that back off included;
    paused ones are left. ServiceDownError when no worker lives.
    """
    own, began = own_of(context, client_id), now()
    first = _waiting(context, own, kinds)
    seen = time.monotonic()
    while True:
        rest = left_at_rest(context, own, kinds, backing_off=True)
        if rest is not None and not watch_shared(context, own, kinds):
            # What others shared with us may have caused own tasks since the first look.
            rest = left_at_rest(context, own, kinds, backing_off=True)
            if rest is not None:
                break
        dispatch(context)
        left = _waiting(context, own, kinds)
        first = max(first, left)
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
        return replace(rest, done=ledger.finished_since(tx, began, kinds))


def _somebody_works(context: Context) -> bool:
    # Not by RQ's own list: a killed worker stays on it until its longest job could be over.
    with context.store.read() as tx:
        return any(alive(one.host) for one in crews.present(tx))


def _waiting(context: Context, own: Own, kinds: Collection[str]) -> int:
    with context.store.read() as tx:
        return own_tasks.left_open(tx, own, kinds).waiting
