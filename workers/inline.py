"""The inline driver: this process works the ledger until nothing is due, with no service beside the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from leads.errors import ServiceDownError
from leads.store import ledger
from leads.store.ledger import Claimed
from workers.context import Context
from workers.host import alive, this_host
from workers.lost import LostLeaseError
from workers.pipeline import KINDS
from workers.tasks import perform

BACK_OFF = timedelta(minutes=1)


def drive(context: Context) -> int:
    """Work until nothing is due; how many tasks were done.

    What a killed process left running is taken over at once when it ran on this machine, else when its lease ends.
    """
    host, done = this_host(), 0
    with context.store.write() as tx:
        ledger.reclaim(tx, alive)
    while claimed := _claim(context, host):
        try:
            done += work(context, claimed)
        except KeyboardInterrupt:
            with context.store.write() as tx:
                ledger.give_back(tx, claimed)
            raise
    return done


def _claim(context: Context, host: str) -> list[Claimed]:
    with context.store.write() as tx:
        for kind in KINDS:
            claimed = ledger.claim(tx, [kind.name], kind.batch, host, context.lease)
            if claimed:
                if context.progress:
                    counts = ledger.counts(tx)[kind.name]
                    context.progress(kind.name, counts.get("done", 0), sum(counts.values()))
                return claimed
    return []


def work(context: Context, claimed: Sequence[Claimed]) -> int:
    """Do a batch; when it fails, its halves, so that one bad task does not keep the others from being done."""
    try:
        perform(context, claimed)
    except (LostLeaseError, ServiceDownError):
        raise
    except Exception as error:
        if len(claimed) == 1 or claimed[0].kind == "crawl":
            return _give_up(context, claimed, error)
        middle = len(claimed) // 2
        return work(context, claimed[:middle]) + work(context, claimed[middle:])
    return len(claimed)


def _give_up(context: Context, claimed: Sequence[Claimed], error: Exception) -> int:
    with context.store.write() as tx:
        ledger.fail(tx, claimed, f"{type(error).__name__}: {error}", wait=BACK_OFF)
    return 0
