"""The inline driver: this process works the ledger until nothing is due, with no service beside the
database.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress

from leads.errors import ServiceDownError, SluiceError
from leads.store.engine import NoRoomError
from leads.store.ledger import failures
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Claimed
from workers.context import Context
from workers.giving_up import give_up
from workers.heartbeat import beating
from workers.host import alive, this_host
from workers.lost import LostLeaseError
from workers.pipeline import ALL, KINDS
from workers.tasks import perform


def drive(context: Context, kinds: Collection[str] = ALL) -> int:
    """Work until nothing of these kinds is due; how many tasks were done.

    What a killed process left running is taken over at once when it ran on this machine, else when
    its lease ends.
    """
    host, done = this_host(), 0
    with context.store.write() as tx:
        failures.reclaim(tx, alive)
    while claimed := _claim(context, host, kinds):
        some = work_off(context, claimed)
        done += some
        if context.progress:
            context.progress(claimed[0].kind, done, 0)
    return done


def _claim(context: Context, host: str, kinds: Collection[str]) -> list[Claimed]:
    with context.store.write() as tx:
        for kind in (one for one in KINDS if one.name in kinds):
            claimed = ledger.claim(tx, [kind.name], kind.batch, host, context.lease)
            if claimed:
                if context.progress:
                    context.progress(kind.name, 0, len(claimed) + ledger.pending(tx, kind.name))
                return claimed
    return []


def work_off(context: Context, claimed: Sequence[Claimed]) -> int:
    """Do a batch under a living lease; what an interruption or an absent database leaves undone
    goes back to the ledger.
    """
    try:
        with beating(context, claimed):
            return work(context, claimed)
    except (KeyboardInterrupt, SystemExit, ServiceDownError, NoRoomError):
        # Where the database is away this fails too, and the leases run out instead.
        with suppress(SluiceError), context.store.write() as tx:
            ledger.give_back(tx, claimed)
        raise


def work(context: Context, claimed: Sequence[Claimed]) -> int:
    """Do a batch; when it fails, its halves, so that one bad task does not keep the others from
    being done.
    """
    try:
        perform(context, claimed)
    except (LostLeaseError, ServiceDownError, NoRoomError):
        raise
    except Exception as error:
        if len(claimed) == 1 or claimed[0].kind == "crawl":
            give_up(context, claimed, error)
            return 0
        middle = len(claimed) // 2
        return work(context, claimed[:middle]) + work(context, claimed[middle:])
    return len(claimed)
