"""What both drivers share about the tasks of one action or run."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from leads.store.ledger import own as own_tasks
from leads.store.ledger import tasks as ledger
from leads.store.ledger import watches
from leads.store.ledger.own import Own
from leads.store.ledger.pauses import Pause
from leads.store.ledger.pauses_met import pauses_met
from workers.context import Context
from workers.host import this_host

_SHORTEST, _LONGEST = 0.02, 0.5


@dataclass(frozen=True, slots=True)
class WorkedOff:
    """What came of working off the own tasks."""

    #: Tasks done; the inline driver counts those it did itself.
    done: int = 0
    #: Own tasks that were given up.
    own_failed: int = 0
    #: Own tasks that are paused or back off.
    own_waiting: int = 0
    #: Pending tasks of the same kinds that are not own, counted up to a limit.
    others_waiting: int = 0
    #: The pauses that own tasks wait for.
    pauses: tuple[Pause, ...] = ()

    @property
    def has_more_others(self) -> bool:
        """Whether more tasks of others may wait than were counted."""
        return self.others_waiting >= own_tasks.MOST_COUNTED


@dataclass(slots=True)
class BackOff:
    """The pauses between two looks at the ledger: short at first, then up to half a second."""

    seconds: float = _SHORTEST

    def next(self) -> float:
        """The pause to make now; the next one is longer."""
        now = self.seconds
        self.seconds = min(_LONGEST, now * 2)
        return now

    def is_long(self) -> bool:
        """Whether the pauses have reached their full length."""
        return self.seconds >= _LONGEST


def own_of(context: Context, client_id: UUID | None) -> Own:
    """The tasks of a context's trace, and of a client when one is given."""
    return Own(trace_id=context.trace_id, client_id=client_id)


def watch_shared(context: Context, own: Own, kinds: Collection[str]) -> bool:
    """Let a run also wait for unfinished visits and readings of its client's sites, no
    matter which command asked for them; True when a watch was added.
    """
    if own.client_id is None:
        return False
    with context.store.write() as tx:
        return watches.watch_sites_of(tx, own.client_id, own.trace_id, kinds) > 0


def left_at_rest(
    context: Context, own: Own, kinds: Collection[str], *, backing_off: bool = False
) -> WorkedOff | None:
    """What is left once no own task moves any more, all seen at one moment; None while one moves.

    With `backing_off` a task that is due later moves as well.
    """
    with context.store.read() as tx:
        if not own_tasks.has_open(tx, own):
            return WorkedOff(others_waiting=own_tasks.others_pending(tx, own, kinds))
        if ledger.is_moving(tx, kinds, this_host(), own, backing_off=backing_off):
            return None
        left = own_tasks.left_open(tx, own, kinds)
        others = own_tasks.others_pending(tx, own, kinds)
        machine = this_host().partition(":")[0]
        held = pauses_met(tx, own, kinds, machine) if left.waiting else ()
    return WorkedOff(0, left.failed, left.waiting, others, held)
