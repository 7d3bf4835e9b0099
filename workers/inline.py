"""The inline driver: this process works off its own tasks, with no service beside the database."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from uuid import UUID

from leads.errors import ServiceDownError, SluiceError
from leads.store.engine import NoRoomError
from leads.store.ledger import failures
from leads.store.ledger import own as own_tasks
from leads.store.ledger import tasks as ledger
from leads.store.ledger.own import Own
from leads.store.ledger.tasks import Claimed
from workers.context import Context
from workers.giving_up import give_up
from workers.heartbeat import beating
from workers.host import alive, this_host
from workers.lost import LostLeaseError
from workers.own_work import BackOff, WorkedOff, left_at_rest, own_of, watch_shared
from workers.pipeline import ALL, BY_NAME, KINDS, Kind
from workers.tasks import perform


def work_off_own(
    context: Context, kinds: Collection[str] = ALL, client_id: UUID | None = None
) -> WorkedOff:
    """Work off the tasks of this context's trace, those it waits for and all that these cause; with
    a client also whatever is left of that client.

    Own tasks that another process runs are waited for. Tasks of a dead process of this machine are
    taken over at once, those of another machine when their lease expires. Tasks that are paused or
    that back off are left.
    """
    own, done, back_off = own_of(context, client_id), 0, BackOff()
    _reclaim(context)
    while True:
        some = _work_due(context, own, kinds, done)
        done += some
        if some:
            back_off = BackOff()
        left = left_at_rest(context, own, kinds)
        if left is None:
            _wait(context, back_off)
        elif own.client_id is None:
            return replace(left, done=done)
        elif not watch_shared(context, own, kinds):
            # What another process shared with us may have caused own tasks since the first look.
            left = left_at_rest(context, own, kinds)
            if left is not None:
                return replace(left, done=done)


def _work_due(context: Context, own: Own, kinds: Collection[str], before: int) -> int:
    host, done, left = this_host(), 0, _Left()
    while claimed := _claim(context, host, own, kinds, left):
        kind = claimed[0].kind
        more = partial(_claim_of, context, host, own, BY_NAME[kind], left)
        done += work_off_or_give_back(context, claimed, more)
        if context.progress:
            context.progress(claimed[0].kind, before + done, 0)
    return done


def _claim(
    context: Context, host: str, own: Own, kinds: Collection[str], left: _Left
) -> list[Claimed]:
    with context.store.read() as tx:
        waiting = own_tasks.waiting_kinds(tx, own, kinds)
    if not waiting:
        return []
    for kind in (one for one in KINDS if one.name in waiting):
        if claimed := _claim_of(context, host, own, kind, left):
            if context.progress:
                waits = left.of(context, own, kind.name)
                context.progress(kind.name, 0, len(claimed) + waits)
            return claimed
    return []


def _claim_of(context: Context, host: str, own: Own, kind: Kind, left: _Left) -> list[Claimed]:
    with context.store.write() as tx:
        claimed = ledger.claim(tx, [kind.name], kind.batch, host, context.lease, own=own)
    left.take(kind.name, len(claimed))
    return claimed


@dataclass(slots=True)
class _Left:
    """How many own tasks of each kind wait, for the progress: counted again when as many as were
    counted are taken, as to count them for each batch would take longer than the batches.
    """

    _counted: dict[str, int] = field(default_factory=dict)

    def take(self, kind: str, number: int) -> None:
        """Note that so many were claimed."""
        if kind in self._counted:
            self._counted[kind] -= number

    def of(self, context: Context, own: Own, kind: str) -> int:
        """How many wait."""
        if self._counted.get(kind, 0) <= 0:
            with context.store.read() as tx:
                self._counted[kind] = own_tasks.own_pending(tx, own, [kind])
        return self._counted[kind]


def _wait(context: Context, back_off: BackOff) -> None:
    if context.progress:
        context.progress("waiting for other processes", 0, 0)
    time.sleep(back_off.next())
    if back_off.is_long():
        _reclaim(context)


def _reclaim(context: Context) -> None:
    with context.store.read() as tx:
        if not failures.any_abandoned(tx, alive):
            return
    with context.store.write() as tx:
        failures.reclaim(tx, alive)


def work_off_or_give_back(
    context: Context, claimed: Sequence[Claimed], more: Callable[[], Sequence[Claimed]] = tuple
) -> int:
    """Do a batch; when another process took some of it over, the rest goes back to the ledger.

    `more` claims further tasks of its kind.
    """
    held, done = list(claimed), len(claimed)

    def claim_more(still_open: Sequence[Claimed]) -> Sequence[Claimed]:
        nonlocal done
        further = more()
        done += len(further)
        # The heartbeat extends what is in this list.
        held[:] = [*still_open, *further]
        return further

    try:
        failed = len(claimed) - work_off(replace(context, claim_more=claim_more), held)
    except LostLeaseError:
        with context.store.write() as tx:
            ledger.give_back(tx, held)
        return 0
    return done - failed


def work_off(context: Context, held: Sequence[Claimed]) -> int:
    """Do a batch under a lease that is kept alive; after an interruption, or without a database,
    the rest goes back to the ledger.

    `held` may change while it is worked on: what is claimed further is in it then.
    """
    try:
        with beating(context, held):
            return work(context, tuple(held))
    except (KeyboardInterrupt, SystemExit, ServiceDownError, NoRoomError):
        # Without a database this fails too, and the leases expire instead.
        with suppress(SluiceError), context.store.write() as tx:
            ledger.give_back(tx, held)
        raise


def work(context: Context, claimed: Sequence[Claimed]) -> int:
    """Do a batch; when it fails, do its halves, so that one bad task does not block the others."""
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
