"""The one function that RQ runs: it takes ids, and the ledger holds everything else about a task."""

from __future__ import annotations

import time
from collections.abc import Sequence
from uuid import UUID

from leads.errors import SluiceError
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Claimed
from workers.context import Context
from workers.dispatch import dispatch
from workers.host import this_host
from workers.inline import work_off_or_give_back
from workers.pipeline import BY_NAME
from workers.serving import refused, serving


def run_batch(kind: str, ids: list[str]) -> int:
    """Claim and do the tasks that still wait, then dispatch what they caused; how many were done."""
    state = serving()
    if state is None:
        raise SluiceError("this process serves no database", "start it with `sluice worker`")

    wanted = _parsed_ids(kind, ids)
    state.job_began(time.monotonic())
    try:
        done = work_batch(state.context, kind, wanted)
    finally:
        state.job_began(0.0)
    dispatch(state.context)
    return done


def _parsed_ids(kind: object, ids: object) -> list[UUID]:
    """The ids of an entry; SluiceError when kind or ids are not valid."""
    try:
        if (
            isinstance(kind, str)
            and kind in BY_NAME
            and isinstance(ids, list)
            and len(ids) <= BY_NAME[kind].batch
        ):
            return [UUID(one) for one in ids]
    except (ValueError, AttributeError, TypeError):
        pass
    why = f"the entry names {str(kind)[:50]!r} and {str(ids)[:50]}, which are no tasks of ours"
    refused("?", why)
    raise SluiceError(why, "the queue holds entries of another program or version")


def work_batch(context: Context, kind: str, ids: Sequence[UUID]) -> int:
    """Claim the tasks that still wait and do them; a failing batch is split into halves."""
    with context.store.write() as tx:
        claimed = ledger.claim(tx, [kind], BY_NAME[kind].batch, this_host(), context.lease, ids)

    def more() -> Sequence[Claimed]:
        with context.store.write() as tx:
            return ledger.claim(tx, [kind], BY_NAME[kind].batch, this_host(), context.lease)

    return work_off_or_give_back(context, claimed, more) if claimed else 0
