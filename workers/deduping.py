"""Run a dedupe task: read, compare outside of transactions, and write in short ones."""

from __future__ import annotations

from uuid import UUID

from dedupe.run.applying import apply_rest, apply_share, resolve
from dedupe.run.planning import Plan, make_plan, read_snapshot
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Claimed
from workers.context import Context
from workers.lost import LostLeaseError, finish_or_lose
from workers.pipeline import follow

#: After so many outdated plans, one transaction reads, compares and writes while others wait.
_TRIES = 3


def dedupe_client(context: Context, task: Claimed) -> None:
    """Find the duplicates of one client; LostLeaseError when the task is no longer ours.

    Each transaction that writes is short and adds the tasks it causes. When a record or a decision
    came after the plan was made, it writes nothing and a new plan is made. What was written by then
    stays: complete companies, whose ids the new plan keeps.
    """
    client_id = UUID(task.key)
    for _ in range(_TRIES):
        with context.store.read() as tx:
            snapshot = read_snapshot(tx, client_id)
        if _applied(context, task, client_id, make_plan(snapshot, context.progress)):
            return
    with context.store.write() as tx:
        changes = resolve(tx, client_id, context.progress)
        follow(tx, changes, task.trace_id, task.watchers)
        finish_or_lose(tx, [task])


def _applied(context: Context, task: Claimed, client_id: UUID, plan: Plan) -> bool:
    for at, share in enumerate(plan.shares):
        if context.progress:
            context.progress("writing companies", at, len(plan.shares))
        with context.store.write() as tx:
            changes = apply_share(tx, client_id, plan, share)
            if changes is None:
                return False
            follow(tx, changes, task.trace_id, task.watchers)
            if not ledger.extend(tx, [task], context.lease):
                raise LostLeaseError
    with context.store.write() as tx:
        changes = apply_rest(tx, client_id, plan)
        if changes is None:
            return False
        follow(tx, changes, task.trace_id, task.watchers)
        finish_or_lose(tx, [task])
    return True
