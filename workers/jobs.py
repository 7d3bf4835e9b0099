"""What RQ is allowed to run: one function, given ids; everything else about a task stands in the
ledger.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from leads.errors import ServiceDownError, SluiceError
from leads.masking import LONGEST, mask
from leads.store.events import Happened, log
from leads.store.ledger import pauses
from leads.store.ledger import tasks as ledger
from workers.context import Context
from workers.dispatch import HEED, dispatch
from workers.host import this_host
from workers.lost import LostLeaseError
from workers.pipeline import BY_NAME

#: Dotted names a queue entry may call; an entry is data from outside, whoever wrote it.
ALLOWED = frozenset({"workers.jobs.run_batch"})


@dataclass(slots=True)
class _Serving:
    context: Context
    #: Told the moment a job begins, and 0.0 when it ends.
    began: Callable[[float], None]
    looked: float = 0.0
    held: bool = False
    #: Entries refused, and when that was last kept as an event.
    refused: int = 0
    kept: float = -1e9


_serving: list[_Serving] = []


def serve(context: Context, began: Callable[[float], None] = lambda _moment: None) -> None:
    """Set what the jobs of this process work with, and who is told how long one takes."""
    _serving[:] = [_Serving(context, began)]


def run_batch(kind: str, ids: list[str]) -> int:
    """Claim and do those of the tasks that are still waiting, then hand on what they caused; how
    many were done.
    """
    if not _serving:
        raise SluiceError("this process serves no database", "start it with `sluice worker`")
    serving, wanted = _serving[0], _ids(kind, ids)
    serving.began(time.monotonic())
    try:
        done = work_batch(serving.context, kind, wanted)
    finally:
        serving.began(0.0)
    dispatch(serving.context)
    return done


def _ids(kind: object, ids: object) -> list[UUID]:
    """The ids of an entry, which may say anything."""
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
    why = f"the entry names {str(kind)[:50]!r} and {str(ids)[:50]}, which is no work of ours"
    refused("?", why)
    raise SluiceError(why, "the queue holds entries of another program or version")


def work_batch(context: Context, kind: str, ids: Sequence[UUID]) -> int:
    """Claim what still waits and do it; batches that fail are halved, as in the inline driver."""
    from workers.inline import work_off

    with context.store.write() as tx:
        claimed = ledger.claim(tx, [kind], BY_NAME[kind].batch, this_host(), context.lease, ids)
    try:
        return work_off(context, claimed) if claimed else 0
    except LostLeaseError:
        return 0


def on_hold() -> bool:
    """Whether this host is paused: then its workers take no entry from a queue. Looked up once a
    second.
    """
    if not _serving:
        return False
    serving = _serving[0]
    if time.monotonic() - serving.looked > HEED.total_seconds():
        serving.looked = time.monotonic()
        try:
            with serving.context.store.read() as tx:
                serving.held = pauses.paused(tx).stops(this_host())
        except ServiceDownError:
            serving.held = True  # Without a database there is nothing to be done.
    return serving.held


def refused(entry: str, why: str) -> None:
    """Tell of an entry that is not run: the log at once, the events at most once in ten seconds,
    with how many there were.
    """
    if not _serving:
        return
    serving = _serving[0]
    serving.context.log("refused", entry=entry[:100], why=why[:LONGEST])
    serving.refused += 1
    if time.monotonic() - serving.kept < 10:
        return
    line = Happened(
        verb="refused",
        thing="entry",
        thing_id=mask(entry[:100]),
        reason=mask(why[:LONGEST]),
        data={"entries": serving.refused},
    )
    with suppress(SluiceError), serving.context.store.write() as tx:
        log(tx, [line])
        serving.kept, serving.refused = time.monotonic(), 0
