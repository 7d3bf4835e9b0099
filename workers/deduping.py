"""Run a dedupe task: read, compare outside of transactions, and write in short ones."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from dedupe.base import Base
from dedupe.run.applying import (
    apply_fresh,
    apply_rest,
    apply_share,
    is_plan_outdated,
    resolve,
)
from dedupe.run.fresh import LIMITS, Limits, plan_fresh
from dedupe.run.planning import Plan, make_plan, read_snapshot
from dedupe.run.stored_index import put_head, put_parts
from leads.changes import Change
from leads.store import Tx, match_index
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Claimed
from workers.context import Context
from workers.lost import LostLeaseError, finish_or_lose
from workers.pipeline import follow

#: After so many outdated plans, one transaction reads, compares and writes while others wait.
_TRIES = 3


def dedupe_client(context: Context, task: Claimed, limits: Limits = LIMITS) -> None:
    """Find the duplicates of one client; LostLeaseError when the task is no longer ours.

    Records that came after a full comparison are compared with what their keys find in the index
    of that one. Without an index, or after too much has changed, all records are compared.

    Each transaction that writes is short and adds the tasks it causes. When a record or a decision
    came after the plan was made, it writes nothing and a new plan is made. What was written by then
    stays: complete companies, whose ids the new plan keeps.
    """
    client_id = UUID(task.key)
    for _ in range(_TRIES):
        placed = _fresh_placed(context, task, client_id, limits)
        if placed is None:
            note = _begun(context, client_id, limits)
            with context.store.read() as tx:
                snapshot = read_snapshot(tx, client_id)
            plan = make_plan(snapshot, context.progress)
            placed = _applied(context, task, client_id, plan, note)
        if placed:
            return
    with context.store.write() as tx:
        match_index.drop(tx, client_id)
        changes = resolve(tx, client_id, context.progress)
        follow(tx, changes, task.trace_id, task.watchers)
        finish_or_lose(tx, [task])


def _fresh_placed(context: Context, task: Claimed, client_id: UUID, limits: Limits) -> bool | None:
    """Put later records on companies; False when outdated, None if all must be compared again."""
    more = True
    while more:
        with context.store.read() as tx:
            fresh = plan_fresh(tx, client_id, limits)
        if fresh is None:
            return None
        more = fresh.more
        with context.store.write() as tx:
            changes = apply_fresh(tx, client_id, fresh)
            if changes is None:
                return False
            _go_on(context, tx, task, changes, last=not more)
    return True


def _begun(context: Context, client_id: UUID, limits: Limits) -> UUID | None:
    """Note that a full comparison begins; None if the client has too few records for an index."""
    with context.store.write() as tx:
        if match_index.has_more_records(tx, client_id, limits.least - 1):
            return match_index.begin(tx, client_id)
    return None


def _applied(
    context: Context, task: Claimed, client_id: UUID, plan: Plan, note: UUID | None
) -> bool:
    with context.store.write() as tx:
        # Until all is written, the index of the comparison before says nothing.
        match_index.drop_head(tx, client_id)
    for at, share in enumerate(plan.shares):
        if context.progress:
            context.progress("writing companies", at, len(plan.shares))
        with context.store.write() as tx:
            changes = apply_share(tx, client_id, plan, share)
            if changes is None:
                return False
            _go_on(context, tx, task, changes)

    base = head = None
    if note:
        base = Base.of(plan.found)
        head = put_parts(
            context.store, client_id, note, base, lambda tx: _go_on(context, tx, task, [])
        )
    with context.store.write() as tx:
        match_index.hold(tx, client_id)
        if note and not match_index.may_go_on(tx, client_id, note):
            return False
        changes = apply_rest(tx, client_id, plan)
        if changes is None:
            return False
        # On PostgreSQL an import may have ended since the look at the plan, and the records that it
        # replaced were noticed: an index would lack the new ones.
        if base and head and not is_plan_outdated(tx, client_id, plan):
            put_head(tx, client_id, head, base.corpus)
        else:
            match_index.drop(tx, client_id)
        _go_on(context, tx, task, changes, last=True)
    return True


def _go_on(
    context: Context, tx: Tx, task: Claimed, changes: Sequence[Change], *, last: bool = False
) -> None:
    """Add the tasks that changes cause, and keep the lease or finish the task."""
    follow(tx, changes, task.trace_id, task.watchers)
    if last:
        finish_or_lose(tx, [task])
    elif not ledger.extend(tx, [task], context.lease):
        raise LostLeaseError
