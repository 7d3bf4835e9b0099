"""What RQ is allowed to run: one function, given ids; everything else about a task stands in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from leads.errors import SluiceError
from leads.store import ledger
from workers.context import Context
from workers.dispatch import dispatch
from workers.host import this_host
from workers.lost import LostLeaseError
from workers.pipeline import BY_NAME

#: Dotted names a queue entry may call; an entry is data from outside, whoever wrote it.
ALLOWED = frozenset({"workers.jobs.run_batch"})

_context: list[Context] = []


def serve(context: Context) -> None:
    """Set what the jobs of this process work with."""
    _context[:] = [context]


def run_batch(kind: str, ids: list[str]) -> int:
    """Claim and do those of the tasks that are still waiting, then hand on what they caused; how many were done."""
    if not _context:
        raise SluiceError("this process serves no database", "start it with `sluice worker`")
    context = _context[0]
    if kind not in BY_NAME:
        raise SluiceError(f"there is no kind of task {kind!r}", "the queue holds entries of another program or version")
    done = work_batch(context, kind, [UUID(one) for one in ids])
    dispatch(context)
    return done


def work_batch(context: Context, kind: str, ids: Sequence[UUID]) -> int:
    """Claim what still waits and do it; batches that fail are halved, as in the inline driver."""
    from workers.inline import work

    with context.store.write() as tx:
        claimed = ledger.claim(tx, [kind], len(ids), this_host(), context.lease, ids)
    try:
        return work(context, claimed) if claimed else 0
    except LostLeaseError:
        return 0
