"""Keep the lease of a batch alive while it is worked on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread

from leads.errors import SluiceError
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Claimed
from workers.context import Context


@contextmanager
def beating(context: Context, claimed: Sequence[Claimed]) -> Iterator[None]:
    """Extend the leases every third of their length until the block ends.

    From a thread, because the work itself may be one long transaction; the thread takes a
    connection of its own from the pool. A process that is stopped or hangs as a whole does not
    beat, and its tasks are given to others.
    """
    over = Event()
    thread = Thread(target=_beat, args=(context, claimed, over), name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat(context: Context, claimed: Sequence[Claimed], over: Event) -> None:
    while not over.wait(context.lease.total_seconds() / 3):
        try:
            with context.store.write() as tx:
                ledger.extend(tx, claimed, context.lease)
        except SluiceError:
            # The database is away or busy: the next beat tries again, and the fence decides in the
            # end.
            continue
